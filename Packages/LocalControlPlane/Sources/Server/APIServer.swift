package import JSON
public import KubernetesModel
import Synchronization

/// An embedded Kubernetes API: the core with a lock, a clock and watchers around it.
///
/// A development tool and a test double. It answers as a real API server does for the kinds this suite uses, but has no
/// authorization, no CEL and no protobuf.
public final class APIServer: Sendable {
    struct Watcher {
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

    struct State {
        var core: APICore
        var watchers: [UInt64: Watcher] = [:]
        var nextWatcher: UInt64 = 0
        var delivered: Int64
        var observers: [@Sendable () -> Void] = []
        var journal: (@Sendable (ArraySlice<StoreEvent>) -> Void)?
    }

    /// A watch whose client reads slower than this many chunks behind is ended; the client lists again.
    static let watchBuffer = 4096

    let state: Mutex<State>
    /// Watches whose clients left. Apart from `state`: a cancellation holds locks of the task that a `yield` under the same lock
    /// would wait for (see `withTaskCancellationHandler`).
    let departed = Mutex<[UInt64]>([])
    let clock: @Sendable () -> Timestamp
    let webhooks: (any WebhookCaller)?
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

    var callsWebhooks: Bool { webhooks != nil }

    /// The revision of the last change.
    public var revision: Int64 { state.withLock { $0.core.store.revision } }

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
