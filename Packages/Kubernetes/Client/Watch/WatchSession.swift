import JSON
import KubernetesModel
import Synchronization

/// One watch from its request to its end, with a watchdog beside it that ends it when the server falls silent.
struct WatchSession<Object: JSONScannable & Sendable>: Sendable {
    let client: KubernetesClient
    let resource: ResourceType
    let namespace: String?
    let selector: Selector
    let configuration: ReflectorConfiguration
    let observer: (any ReflectorObserver)?

    private enum Outcome: Sendable {
        case read(ReflectorState, ReflectorState.WatchEnd)
        case silent
        case unwatched
    }

    func run(
        _ state: inout ReflectorState, _ version: String, _ timeout: Duration, _ sink: @escaping Reflector<Object>.Sink
    ) async -> ReflectorState.WatchEnd {
        let silence = Silence(
            limit: timeout + configuration.silenceGrace, shortest: configuration.bookmarkSilence, time: client.time)
        let initial = state
        let (final, end) = await withTaskGroup(of: Outcome.self) { group in
            group.addTask { await read(initial, version, timeout, silence, sink) }
            group.addTask { await silence.outlast() ? .silent : .unwatched }
            var result = (initial, ReflectorState.WatchEnd.closed)
            var stalled = false
            while let outcome = await group.next() {
                switch outcome {
                case .read(let state, let end): result = (state, end)
                case .silent:
                    stalled = true
                    silence.reportStall()
                case .unwatched: break
                }
                group.cancelAll()
            }
            if stalled { result.1 = .stalled }
            return result
        }
        state = final
        return end
    }

    private func read(
        _ initial: ReflectorState, _ version: String, _ timeout: Duration, _ silence: Silence, _ sink: Reflector<Object>.Sink
    ) async -> Outcome {
        var state = initial
        do {
            let stream = try await client.watch(
                resource, namespace: namespace, selector: selector, resourceVersion: version, timeout: timeout)
            silence.watch(stream)
            var framer = LineFramer(limit: configuration.lineLimit)
            let chunks = stream.chunks.makeAsyncIterator()
            while true {
                silence.begin()
                let chunk = try await chunks.next()
                silence.end()
                guard let chunk else { return .read(state, .closed) }

                // What was complete before a bad line still counts.
                var events: [WatchEvent<Object>] = []
                var malformed: APIError?
                do {
                    try framer.push(chunk) { line in events.append(try JSONScanner.scan(line) { try WatchEvent(scanning: &$0) }) }
                } catch {
                    malformed = KubernetesClient.decodingError(error)
                }
                for event in events {
                    if let end = await deliver(event, &state, silence, sink) { return .read(state, end) }
                }
                if !events.isEmpty { observer?.refreshed(resource) }
                if let malformed { return .read(state, .malformed(malformed)) }
            }
        } catch {
            return .read(state, .failed(APIError(transport: error)))
        }
    }

    /// Hands an event on; returns the watch's end when it says so.
    private func deliver(
        _ event: WatchEvent<Object>, _ state: inout ReflectorState, _ silence: Silence, _ sink: Reflector<Object>.Sink
    ) async -> ReflectorState.WatchEnd? {
        switch event {
        case .added(let object, let version), .modified(let object, let version):
            await sink(.applied(object))
            state.progressed(to: version)
        case .deleted(let object, let version):
            await sink(.deleted(object))
            state.progressed(to: version)
        case .bookmark(let version):
            state.progressed(to: version)
            silence.shorten()
            await sink(.bookmark(resourceVersion: version))
        case .error(let status): return .errorEvent(APIError(status))
        }
        return nil
    }
}

/// How long a watch has been silent. Only waiting for the server counts, not the consumer's own time.
final class Silence: Sendable {
    private struct State {
        var limit: Duration
        var since: Duration?
        var stream: HTTPStream?
    }

    private let shortest: Duration
    private let time: TimeSource
    private let state: Mutex<State>

    init(limit: Duration, shortest: Duration, time: TimeSource) {
        self.shortest = shortest
        self.time = time
        // The request's own way to the server counts too.
        state = Mutex(State(limit: limit, since: time.now()))
    }

    func watch(_ stream: HTTPStream) { state.withLock { $0.stream = stream } }

    func begin() {
        let now = time.now()
        state.withLock { $0.since = now }
    }

    func end() { state.withLock { $0.since = nil } }

    /// From now on no more than the shortest limit is allowed.
    func shorten() { state.withLock { $0.limit = min($0.limit, shortest) } }

    func reportStall() { state.withLock { $0.stream }?.reportStall() }

    /// Returns true once the silence lasts longer than the limit, false when the task is cancelled.
    func outlast() async -> Bool {
        while !Task.isCancelled {
            let now = time.now()
            let remaining = state.withLock { $0.limit - ($0.since.map { now - $0 } ?? .zero) }
            if remaining <= .zero { return true }
            do {
                // The limit may get shorter during the sleep.
                try await time.sleep(min(remaining, shortest))
            } catch {
                return false
            }
        }
        return false
    }
}
