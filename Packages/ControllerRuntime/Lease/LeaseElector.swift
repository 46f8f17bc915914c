import JSON
public import KubernetesClient
public import KubernetesModel
public import Logging
import Synchronization

/// Campaigns for the Leases `<name>-<slice>`, keeps the ones it wins, and tells when it gains and loses one.
///
/// A loss stops the work of that slice and the campaign goes on in the same process. With several slices each replica also
/// keeps a Lease `<name>-member-<identity>`, by which all know how many share the slices. All decisions are `LeaseGroup`'s;
/// this performs them.
public final class LeaseElector: Sendable {
    public struct Callbacks: Sendable {
        public var gained: @Sendable (_ slice: Int) -> Void
        /// Stops the work of a slice and returns when it has stopped: before that the lease is not given away.
        public var lost: @Sendable (_ slice: Int) async -> Void

        public init(gained: @escaping @Sendable (Int) -> Void, lost: @escaping @Sendable (Int) async -> Void) {
            self.gained = gained
            self.lost = lost
        }
    }

    private struct State {
        var group: LeaseGroup
        var sleeper: Task<Void, Never>?
    }

    private let name: String
    private let namespace: String
    private let identity: String
    private let client: KubernetesClient
    private let watcher: KubernetesClient
    private let ownership: SliceOwnership
    private let callbacks: Callbacks
    private let logger: Logger
    private let time: TimeSource
    private let wall: @Sendable () -> Timestamp
    private let metrics: LeaseMetrics
    private let state: Mutex<State>
    private let actions: AsyncStream<LeaseGroup.Action>
    private let continuation: AsyncStream<LeaseGroup.Action>.Continuation

    /// - Parameter client: with a connection of its own, so that no list or watch holds a renewal up.
    public init(
        name: String, namespace: String, identity: String, ownership: SliceOwnership, client: KubernetesClient, logger: Logger,
        timing: LeaseTiming = LeaseTiming(), callbacks: Callbacks,
        wall: @escaping @Sendable () -> Timestamp
    ) {
        self.name = name
        self.namespace = namespace
        self.identity = identity
        self.ownership = ownership
        self.callbacks = callbacks
        self.logger = logger
        self.wall = wall
        time = ownership.time
        watcher = client
        var client = client
        client.retry = .never
        client.timeout = timing.attempt
        self.client = client
        metrics = LeaseMetrics(names: (0..<ownership.slices).map { LeaseNames.slice($0, of: name) })
        state = Mutex(
            State(
                group: LeaseGroup(
                    namespace: namespace, name: name, slices: ownership.slices, identity: identity, timing: timing,
                    seed: UInt64(time.random() * 0x1p53))))
        (actions, continuation) = AsyncStream.makeStream()
    }

    /// Campaigns until the task is cancelled, then gives up what it holds: within twice the attempt's time.
    public func run() async {
        // A task of its own: giving up needs requests, which a cancelled task cannot make.
        let work = Task { await self.work() }
        await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            feed(.stop)
        }
    }

    private func work() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.watch() }
            group.addTask { await self.runTimer() }
            group.addTask {
                await withDiscardingTaskGroup { group in
                    for await action in self.actions { group.addTask { await self.perform(action) } }
                }
            }
            feed(.tick)
            // the timer ends first, when everything is given up
            while await group.next() != nil, !isFinished {}
            group.cancelAll()
        }
    }

    private var isFinished: Bool { state.withLock { $0.group.isFinished(time.now()) } }

    // MARK: Deciding

    private func feed(_ input: LeaseGroup.Input) {
        let (now, wall) = (time.now(), wall())
        state.withLock { state in
            let decided = state.group.step(input, now: now, wall: wall)
            for slice in 0..<ownership.slices { ownership.set(slice, heldUntil: state.group.heldUntil(slice)) }
            // under the lock, so that gains and losses are told in order
            for action in decided {
                tell(action)
                continuation.yield(action)
            }
            state.sleeper?.cancel()
        }
    }

    private func tell(_ action: LeaseGroup.Action) {
        switch action {
        case .gained(let slice):
            metrics.report(slice, isHeld: true)
            logger.info("lease gained", metadata: fields(slice))
            callbacks.gained(slice)
        case .lost(let slice):
            metrics.report(slice, isHeld: false)
            logger.warning("lease lost", metadata: fields(slice))
        case .stopWork(let slice):
            metrics.report(slice, isHeld: false)
            logger.info("lease is given up", metadata: fields(slice))
        case .read, .write, .sweep: break
        }
    }

    private func fields(_ slice: Int) -> Logger.Metadata {
        ["lease": "\(namespace)/\(LeaseNames.slice(slice, of: name))", "identity": "\(identity)"]
    }

    /// Steps when a deadline comes, until everything is given up.
    private func runTimer() async {
        while true {
            let sleeper = state.withLock { state -> Task<Void, Never>? in
                let now = time.now()
                if state.group.isFinished(now) { return nil }
                let delay = state.group.nextDeadline(now).map { max($0 - now, .zero) } ?? .seconds(3600)
                let sleeper = Task { [time] in _ = try? await time.sleep(delay) }
                state.sleeper = sleeper
                return sleeper
            }
            guard let sleeper else { return continuation.finish() }
            await sleeper.value
            feedIfDue()
        }
    }

    private func feedIfDue() {
        let now = time.now()
        let isDue = state.withLock { $0.group.nextDeadline(now).map { $0 <= now } ?? false }
        if isDue { feed(.tick) }
    }

    // MARK: Performing

    private func perform(_ action: LeaseGroup.Action) async {
        switch action {
        case .read(let lease, let request): feed(.answer(name: lease, await read(lease, request)))
        case .write(let lease, let request): feed(.answer(name: lease.name, await write(lease, request)))
        case .gained: break
        case .lost(let slice): await callbacks.lost(slice)
        case .stopWork(let slice):
            await callbacks.lost(slice)
            feed(.workStopped(slice: slice))
        case .sweep(let lease):
            let preconditions = Preconditions(resourceVersion: lease.resourceVersion)
            _ = try? await client.delete(.leases, key(lease.name), preconditions: preconditions)
        }
    }

    private func key(_ lease: String) -> ObjectKey { ObjectKey(namespace: namespace, name: lease) }

    private func read(_ lease: String, _ request: Int) async -> LeaseElection.Input {
        do {
            return .read(Lease(object: try await client.get(.leases, key(lease))), request: request)
        } catch {
            if error.code == .notFound { return .read(nil, request: request) }
            return failed(lease, error, request)
        }
    }

    private func write(_ lease: Lease, _ request: Int) async -> LeaseElection.Input {
        do {
            let written: JSONValue
            if lease.resourceVersion.isEmpty {
                written = try await create(lease)
            } else {
                written = try await client.replace(.leases, key(lease.name), lease.object)
            }
            return .written(Lease(object: written), request: request)
        } catch {
            switch error.code {
            case .conflict, .alreadyExists, .notFound: return .refused(request: request)
            default: return failed(lease.name, error, request)
            }
        }
    }

    /// On a cluster that nothing was installed into yet, the operator's namespace is made as well, where that is allowed.
    private func create(_ lease: Lease) async throws(APIError) -> JSONValue {
        do {
            return try await client.create(.leases, lease.object)
        } catch {
            guard error.code == .notFound else { throw error }
        }
        do {
            _ = try await client.create(
                .namespaces, ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)]])
        } catch {
            guard error.code == .alreadyExists else {
                throw APIError(
                    .forbidden, "namespace \(namespace) does not exist and was not made (\(error.message)); create it", cause: error
                )
            }
        }
        return try await client.create(.leases, lease.object)
    }

    private func failed(_ lease: String, _ error: APIError, _ request: Int) -> LeaseElection.Input {
        logger.warning("lease request failed", metadata: ["lease": "\(namespace)/\(lease)", "error": "\(error)"])
        return .failed(request: request)
    }

    // MARK: Watching

    private func watch() async {
        let selector =
            ownership.slices == 1
            ? Selector(fields: "metadata.name=\(LeaseNames.slice(0, of: name))") : Selector(labels: LeaseNames.selector(name))
        let reflector = Reflector<Lease>(client: watcher, resource: .leases, namespace: namespace, selector: selector)
        let listed = Mutex<Set<String>>([])
        try? await reflector.run { event in
            switch event {
            case .initialStart: listed.withLock { $0 = [] }
            case .initial(let lease):
                listed.withLock { _ = $0.insert(lease.name) }
                self.feed(.watched(lease))
            case .initialDone: self.feed(.listed(names: listed.withLock { $0 }))
            case .applied(let lease): self.feed(.watched(lease))
            case .deleted(let lease): self.feed(.gone(name: lease.name))
            case .bookmark: break
            case .trouble: self.feed(.blind)
            }
        }
    }
}
