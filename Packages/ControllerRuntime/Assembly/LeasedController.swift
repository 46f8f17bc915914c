public import KubernetesClient
public import KubernetesModel
public import Logging

/// What a service that reconciles is put together from, beside its caches and its reconciler: queue, leases and events.
public final class LeasedController: Sendable {
    public struct Configuration: Sendable {
        public var concurrency = 8
        public var identity = ""
        public var operatorNamespace = "spiceai-operator-system"
        /// nil works without leader election: for a single replica only.
        public var leaseSlices: Int? = 1
        public var leaseTiming = LeaseTiming()

        public init() {}
    }

    public let events: EventRecorder
    private let controller: Controller
    private let ownership: SliceOwnership
    private let elector: LeaseElector?

    /// - Parameters:
    ///   - name: of the control loop, in metrics and logs.
    ///   - executable: names the Leases and the events' reporter.
    ///   - leaseClient: with a connection of its own, so that no list or watch holds a renewal up.
    ///   - keys: all there are: a slice that is won is looked through.
    public init(
        name: String, executable: String, client: KubernetesClient, leaseClient: KubernetesClient, configuration: Configuration,
        logger: Logger, wall: @escaping @Sendable () -> Timestamp, keys: @escaping @Sendable () -> [ObjectKey]
    ) {
        let ownership = SliceOwnership(slices: configuration.leaseSlices ?? 1, holdsAll: configuration.leaseSlices == nil)
        let controller = Controller(
            name: name, concurrency: configuration.concurrency, ownership: ownership, logger: logger, time: client.time)
        self.ownership = ownership
        self.controller = controller
        events = EventRecorder(
            client: client, executable: executable, instance: configuration.identity, logger: logger, wall: wall)
        elector = configuration.leaseSlices.map { _ in
            LeaseElector(
                name: executable, namespace: configuration.operatorNamespace, identity: configuration.identity,
                ownership: ownership, client: leaseClient, logger: logger, timing: configuration.leaseTiming,
                callbacks: LeaseElector.Callbacks(
                    gained: { slice in
                        for key in keys() where ownership.slice(of: key) == slice { controller.queue.add(key, isBulk: true) }
                    },
                    lost: { _ in await controller.abandonLost() }),
                wall: wall)
        }
    }

    /// Has the key looked at, where this replica works on it.
    public func enqueue(_ key: ObjectKey) {
        if ownership.owns(key) { controller.queue.add(key) }
    }

    /// Works until the task is cancelled. Then, in this order: reconciles under way are finished, events are written, leases
    /// are released, and only then the caches end.
    /// - Parameters:
    ///   - caches: lists and watches until cancelled.
    ///   - onSynced: called once every cache has its first list.
    public func run(
        caches: @escaping @Sendable () async throws -> Void, hasSynced: @escaping @Sendable () -> Bool,
        onSynced: @escaping @Sendable () -> Void, _ reconcile: @escaping Controller.Reconcile
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { caching in
            caching.addTask { try await caches() }
            while !hasSynced() { try await Task.sleep(for: .milliseconds(5)) }
            onSynced()
            await Phases.run([
                { await self.controller.run(reconcile) },
                { await self.events.run() },
                { await self.elector?.run() },
            ])
            caching.cancelAll()
        }
    }
}
