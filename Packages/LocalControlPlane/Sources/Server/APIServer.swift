package import JSON
public import KubernetesModel
import Synchronization

/// An embedded Kubernetes API: the core with a lock, a clock and watchers around it.
///
/// A development tool and a test double. It answers as a real API server does for the kinds this suite uses, but has no
/// authorization, no CEL and no protobuf.
public final class APIServer: Sendable {
    private struct Watcher {
        enum Sink {
            case lines(AsyncThrowingStream<[UInt8], any Error>.Continuation)
            /// A webhook has to be asked before there are lines, which cannot happen under the lock.
            case events(AsyncThrowingStream<[WatchEvent], any Error>.Continuation)
        }

        var watch: Watch
        var endsAt: Timestamp
        var sink: Sink

        func finish() {
            switch sink {
            case .lines(let continuation): continuation.finish()
            case .events(let continuation): continuation.finish()
            }
        }
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
    private let webhooks: (any WebhookCaller)?
    /// Faults for tests, and the audit log.
    public let faults = Faults()

    /// - Parameters:
    ///   - clock: the time of every request.
    ///   - seed: makes uids and generated names the same in every run; nil for random ones.
    ///   - webhooks: calls admission and conversion webhooks; without it admission is passed over and conversion by webhook fails.
    public convenience init(
        clock: @escaping @Sendable () -> Timestamp = SystemClock.now, seed: UInt64? = nil, webhooks: (any WebhookCaller)? = nil
    ) {
        var core = APICore(identifiers: seed.map { .seeded($0) } ?? .random)
        core.now = clock()
        core.bootstrap()
        self.init(core: core, clock: clock, webhooks: webhooks)
    }

    init(core: APICore, clock: @escaping @Sendable () -> Timestamp, webhooks: (any WebhookCaller)?) {
        var core = core
        core.webhooks = WebhookAnswers(canBeAsked: webhooks != nil)
        state = Mutex(State(core: core, delivered: core.store.revision))
        self.clock = clock
        self.webhooks = webhooks
    }

    /// A server of its own that begins with the objects of this one, and makes uids and names from `seed`.
    package func fork(
        clock: @escaping @Sendable () -> Timestamp, seed: UInt64, webhooks: (any WebhookCaller)? = nil
    ) -> APIServer {
        var core = withCore { $0 }
        core.identifiers = .seeded(seed)
        return APIServer(core: core, clock: clock, webhooks: webhooks)
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
        var trial = Trial()
        for _ in 0..<Trial.limit {
            switch attempt(request, &trial) {
            case .success(let reply): return reply
            case .failure(let open): await ask(open.calls, &trial.answers)
            }
        }
        return .response(APIResponse(StatusError(504, "Timeout", "the objects changed faster than the webhooks answered")))
    }

    enum Reply: Sendable {
        case response(APIResponse)
        case stream(AsyncThrowingStream<[UInt8], any Error>, headers: [(name: String, value: String)])
    }

    /// A request that is tried until all webhooks it needs have answered. All attempts have one time and one source of names, so that
    /// they ask the same questions.
    private struct Trial {
        /// Each attempt asks at least one more webhook, or asks again about what has changed meanwhile.
        static let limit = 64

        var answers = WebhookAnswers(canBeAsked: true)
        var pinned: (now: Timestamp, identifiers: IdentifierSource)?
    }

    private struct Open: Error {
        var calls: [WebhookCall]
    }

    private func attempt(_ request: APIRequest, _ trial: inout Trial) -> Result<Reply, Open> {
        let now = trial.pinned?.now ?? clock()
        let (result, pinned, observers) = state.withLock { state in
            var pinned = trial.pinned
            state.core.now = now
            if webhooks != nil {
                state.core.webhooks = trial.answers
                if pinned == nil { pinned = (now, .seeded(state.core.identifiers.number())) }
            }
            let identifiers = state.core.identifiers
            if let pinned { state.core.identifiers = pinned.identifiers }
            let revision = state.core.store.revision
            let answer = state.core.handle(request)
            if pinned != nil { state.core.identifiers = identifiers }
            let result: Result<Reply, Open>
            switch answer {
            case .undecided(let calls):
                state.core.store.undo(to: revision)
                result = .failure(Open(calls: calls))
            case .response(let response): result = .success(.response(response))
            case .watch: result = .success(.response(APIResponse(200, text: "")))
            }
            let before = state.delivered
            deliver(&state)
            let observers = before == state.delivered ? [] : state.observers
            guard case .watch(let watch) = answer else { return (result, pinned, observers) }
            return (.success(.stream(open(watch, &state), headers: watch.headers)), pinned, observers)
        }
        trial.pinned = pinned
        for observer in observers { observer() }
        return result
    }

    /// Asks webhooks at the same time and adds what they say to `answers`.
    private func ask(_ calls: [WebhookCall], _ answers: inout WebhookAnswers) async {
        guard let webhooks else { return }
        let requests = state.withLock { state in
            calls.map { call in
                let uid = state.core.identifiers.uid()
                return (call: call, uid: uid, request: state.core.request(for: call, uid: uid))
            }
        }
        let bodies = await withTaskGroup(of: (Int, Result<JSONValue, WebhookFailure>).self) { group in
            for (index, item) in requests.enumerated() {
                group.addTask {
                    do throws(WebhookFailure) {
                        return (index, .success(try await webhooks.call(item.request)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (index, item) in requests.enumerated() {
            answers.add(item.call, uid: item.uid, bodies[index] ?? .failure(WebhookFailure("cancelled")))
        }
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
        let (events, isOver) = state.core.events(&watcher.watch)
        let isDropped = yield(events, &watcher, state.core)
        state.watchers[id] = watcher
        if isDropped || isOver { end(&state, id) }
    }

    /// True when the watch is to end: its client is too slow, or its objects cannot be shown.
    private func yield(_ events: [WatchEvent], _ watcher: inout Watcher, _ core: APICore) -> Bool {
        guard !events.isEmpty else { return false }
        switch watcher.sink {
        case .events(let continuation):
            if case .dropped = continuation.yield(events) { return true }
            return false
        case .lines(let continuation):
            let lines: [JSONValue]
            do throws(StatusError) {
                lines = try core.lines(events, &watcher.watch)
            } catch {
                _ = continuation.yield(Self.chunk([APICore.errorLine(error)]))
                return true
            }
            if case .dropped = continuation.yield(Self.chunk(lines)) { return true }
            return false
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
        state.watchers.removeValue(forKey: id)?.finish()
    }

    private func open(_ watch: Watch, _ state: inout State) -> AsyncThrowingStream<[UInt8], any Error> {
        guard webhooks != nil, let versions = state.core.registry.versions(of: watch.resource.storage), versions.hasWebhook else {
            let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream(
                bufferingPolicy: .bufferingOldest(Self.watchBuffer))
            continuation.onTermination = onDeparture(add(watch, .lines(continuation), &state))
            return stream
        }
        let (stream, continuation) = AsyncThrowingStream<[WatchEvent], any Error>.makeStream(
            bufferingPolicy: .bufferingOldest(Self.watchBuffer))
        let departure = onDeparture(add(watch, .events(continuation), &state))
        continuation.onTermination = { if case .cancelled = $0 { departure(.cancelled) } }
        return converted(stream, watch)
    }

    private func add(_ watch: Watch, _ sink: Watcher.Sink, _ state: inout State) -> UInt64 {
        let id = state.nextWatcher
        state.nextWatcher += 1
        state.watchers[id] = Watcher(
            watch: watch, endsAt: state.core.now + .seconds(watch.timeoutSeconds ?? 3600), sink: sink)
        send(&state, to: id)
        return id
    }

    private func onDeparture(
        _ id: UInt64
    ) -> @Sendable (AsyncThrowingStream<[UInt8], any Error>.Continuation.Termination) -> Void {
        { [weak self] reason in
            guard case .cancelled = reason, let self else { return }
            departed.withLock { $0.append(id) }
        }
    }

    /// Events in the watch's version, as the webhook makes them; what it fails at ends the watch with an ERROR.
    private func converted(
        _ events: AsyncThrowingStream<[WatchEvent], any Error>, _ watch: Watch
    ) -> AsyncThrowingStream<[UInt8], any Error> {
        let progress = Mutex<Watch?>(watch)
        return AsyncThrowingStream {
            var iterator = events.makeAsyncIterator()
            guard var watch = progress.withLock({ $0 }), let next = try await iterator.next() else { return nil }
            var answers = WebhookAnswers(canBeAsked: true)
            for _ in 0..<Trial.limit {
                let before = watch
                do throws(StatusError) {
                    let lines = try self.lines(next, &watch, answers)
                    progress.withLock { [watch] in $0 = watch }
                    return Self.chunk(lines)
                } catch {
                    watch = before
                    guard !error.undecided.isEmpty else {
                        progress.withLock { $0 = nil }
                        return Self.chunk([APICore.errorLine(error)])
                    }
                    await self.ask(error.undecided, &answers)
                }
            }
            return nil
        }
    }

    private func lines(
        _ events: [WatchEvent], _ watch: inout Watch, _ answers: WebhookAnswers
    ) throws(StatusError) -> [JSONValue] {
        let (result, moved) = state.withLock { [watch] state in
            var watch = watch
            state.core.webhooks = answers
            do throws(StatusError) {
                return (Result<[JSONValue], StatusError>.success(try state.core.lines(events, &watch)), watch)
            } catch {
                return (.failure(error), watch)
            }
        }
        watch = moved
        return try result.get()
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
            for (id, var watcher) in state.watchers where watcher.watch.sendsBookmarks {
                if yield([.line(state.core.bookmark(watcher.watch))], &watcher, state.core) { end(&state, id) }
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
