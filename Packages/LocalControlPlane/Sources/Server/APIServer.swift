package import JSON
public import KubernetesModel
import Synchronization

/// An embedded Kubernetes API: the core with a lock, a clock and watchers around it.
///
/// A development tool and a test double. It answers as a real API server does for the kinds this suite uses, but has no
/// authorization, no CEL and no protobuf.
public final class APIServer: Sendable {
    private struct Watcher {
        var watch: Watch
        var endsAt: Timestamp
        var continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation
    }

    private struct State {
        var core: APICore
        var watchers: [UInt64: Watcher] = [:]
        var nextWatcher: UInt64 = 0
        var delivered: Int64
        var observers: [@Sendable () -> Void] = []
        var journal: (@Sendable (ArraySlice<StoreEvent>) -> Void)?
    }

    /// A watch whose client reads slower than this many chunks behind is ended; the client lists again.
    private static let watchBuffer = 4096

    private let state: Mutex<State>
    /// Watches whose clients left. Apart from `state`: a cancellation holds locks of the task that a `yield` under the same lock
    /// would wait for (see `withTaskCancellationHandler`).
    private let departed = Mutex<[UInt64]>([])
    private let clock: @Sendable () -> Timestamp
    private let reviewer: (any AdmissionReviewer)?
    /// Faults for tests, and the audit log.
    public let faults = Faults()

    /// - Parameters:
    ///   - clock: the time of every request.
    ///   - seed: makes uids and generated names the same in every run; nil for random ones.
    public convenience init(clock: @escaping @Sendable () -> Timestamp = SystemClock.now, seed: UInt64? = nil) {
        var core = APICore(identifiers: seed.map { .seeded($0) } ?? .random)
        core.now = clock()
        core.bootstrap()
        self.init(core: core, clock: clock, reviewer: nil)
    }

    init(core: APICore, clock: @escaping @Sendable () -> Timestamp, reviewer: (any AdmissionReviewer)?) {
        var core = core
        core.admission.isEnabled = reviewer != nil
        state = Mutex(State(core: core, delivered: core.store.revision))
        self.clock = clock
        self.reviewer = reviewer
    }

    /// A server of its own that begins with the objects of this one, and makes uids and names from `seed`.
    package func fork(clock: @escaping @Sendable () -> Timestamp, seed: UInt64) -> APIServer {
        var core = withCore { $0 }
        core.identifiers = .seeded(seed)
        return APIServer(core: core, clock: clock, reviewer: nil)
    }

    /// The object as it is stored.
    package func stored(_ resource: GroupResource, _ key: ObjectKey) -> JSONValue? {
        withCore { $0.store.object(resource, key) }
    }

    /// All objects of a kind in the order of their keys, and the revision they are as of.
    package func stored(_ resource: GroupResource) -> (objects: [JSONValue], revision: Int64) {
        withCore { core in (core.store.all(resource).sorted { $0.key < $1.key }.map(\.value), core.store.revision) }
    }

    /// The revision of the last change.
    public var revision: Int64 { state.withLock { $0.core.store.revision } }

    /// Answers one request; a watch goes on until its stream is let go of.
    func respond(to request: APIRequest) async -> Reply {
        var verdicts: [AdmissionRequest: Result<JSONValue, StatusError>] = [:]
        while true {
            let (reply, question, webhooks) = attempt(request, verdicts: verdicts)
            guard let question, let reviewer, verdicts.count < 8 else { return reply }
            do throws(StatusError) {
                verdicts[question] = .success(try await reviewer.review(question, webhooks: webhooks))
            } catch {
                verdicts[question] = .failure(error)
            }
        }
    }

    /// Answers one request at once, without admission webhooks.
    func handle(_ request: APIRequest) -> Reply { attempt(request, verdicts: [:]).reply }

    enum Reply: Sendable {
        case response(APIResponse)
        case stream(AsyncThrowingStream<[UInt8], any Error>)
    }

    private func attempt(
        _ request: APIRequest, verdicts: [AdmissionRequest: Result<JSONValue, StatusError>]
    ) -> (reply: Reply, question: AdmissionRequest?, webhooks: [JSONValue]) {
        let now = clock()
        let (result, observers) = state.withLock { state -> ((Reply, AdmissionRequest?, [JSONValue]), [@Sendable () -> Void]) in
            let identifiers = state.core.identifiers
            state.core.now = now
            state.core.admission.verdicts = verdicts
            state.core.admission.open = nil
            let answer = state.core.handle(request)
            let question = state.core.admission.open
            // The same names and uids when the request runs again with the verdict.
            if question != nil { state.core.identifiers = identifiers }
            let before = state.delivered
            deliver(&state)
            let reply: Reply =
                switch answer {
                case .response(let response): .response(response)
                case .watch(let watch): .stream(open(watch, &state))
                }
            let webhooks = question == nil ? [] : state.core.webhookConfigurations
            return ((reply, question, webhooks), before == state.delivered ? [] : state.observers)
        }
        for observer in observers { observer() }
        return result
    }

    /// Sends what has changed to whom it concerns, in order.
    private func deliver(_ state: inout State) {
        forgetDeparted(&state)
        let revision = state.core.store.revision
        guard revision > state.delivered else { return }
        if let journal = state.journal, let changes = state.core.store.changes(after: state.delivered) { journal(changes) }
        state.delivered = revision
        for id in state.watchers.keys.sorted() { send(&state, to: id) }
    }

    private func send(_ state: inout State, to id: UInt64) {
        guard var watcher = state.watchers[id] else { return }
        let (lines, isOver) = state.core.lines(&watcher.watch)
        state.watchers[id] = watcher
        if !lines.isEmpty, case .dropped = watcher.continuation.yield(Self.chunk(lines)) {
            end(&state, id)
        } else if isOver {
            end(&state, id)
        }
    }

    private static func chunk(_ lines: [JSONValue]) -> [UInt8] {
        lines.reduce(into: []) { bytes, line in
            bytes += line.serialized()
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    private func forgetDeparted(_ state: inout State) {
        let ids = departed.withLock { departed in
            defer { departed = [] }
            return departed
        }
        for id in ids { state.watchers[id] = nil }
    }

    private func end(_ state: inout State, _ id: UInt64) {
        state.watchers.removeValue(forKey: id)?.continuation.finish()
    }

    private func open(_ watch: Watch, _ state: inout State) -> AsyncThrowingStream<[UInt8], any Error> {
        let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream(
            bufferingPolicy: .bufferingOldest(Self.watchBuffer))
        let id = state.nextWatcher
        state.nextWatcher += 1
        state.watchers[id] = Watcher(
            watch: watch, endsAt: state.core.now + .seconds(watch.timeoutSeconds ?? 3600), continuation: continuation)
        continuation.onTermination = { [weak self] reason in
            guard case .cancelled = reason, let self else { return }
            departed.withLock { $0.append(id) }
        }
        send(&state, to: id)
        return stream
    }

    // MARK: time and faults

    /// Ends watches whose time is over. To be called about once a second.
    public func tick() {
        let now = clock()
        state.withLock { state in
            state.core.now = now
            forgetDeparted(&state)
            for (id, watcher) in state.watchers where watcher.endsAt <= now { end(&state, id) }
        }
    }

    /// Sends a BOOKMARK to every watch that takes them. To be called about once a minute.
    public func sendBookmarks() {
        state.withLock { state in
            for (id, watcher) in state.watchers where watcher.watch.sendsBookmarks {
                if case .dropped = watcher.continuation.yield(Self.chunk([state.core.bookmark(watcher.watch)])) { end(&state, id) }
            }
        }
    }

    /// Ends every watch, as a restarting API server does.
    public func endWatches() {
        state.withLock { state in
            for id in state.watchers.keys { end(&state, id) }
        }
    }

    /// Forgets the history: older watches and pages get 410.
    public func compact() {
        state.withLock { $0.core.store.compact(keeping: 0) }
    }

    /// The number of open watches.
    public var watchCount: Int {
        state.withLock { state in
            forgetDeparted(&state)
            return state.watchers.count
        }
    }

    // MARK: for the simulation, in the same process

    /// Calls `body` after every change of the store, outside the lock.
    func onChange(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.observers.append(body) }
    }

    /// Receives every change in order, under the lock: it must not call back.
    package func setJournal(_ body: (@Sendable (ArraySlice<StoreEvent>) -> Void)?) {
        state.withLock { $0.journal = body }
    }

    func withCore<R: Sendable>(_ body: (inout APICore) -> R) -> R {
        let now = clock()
        let (result, observers) = state.withLock { state -> (R, [@Sendable () -> Void]) in
            state.core.now = now
            let result = body(&state.core)
            let before = state.delivered
            deliver(&state)
            return (result, before == state.delivered ? [] : state.observers)
        }
        for observer in observers { observer() }
        return result
    }
}
