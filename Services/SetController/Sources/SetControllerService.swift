public import ControllerRuntime
public import KubernetesClient
public import KubernetesModel
public import Logging

/// set-controller put together: caches, queue, reconciler, leases and events.
public final class SetControllerService: Sendable {
    public struct Configuration: Sendable {
        public var settings = Settings()
        public var scope = WatchScope.all
        public var concurrency = 8
        public var identity = ""
        public var operatorNamespace = "spiceai-operator-system"
        /// nil works without leader election: for a single replica only.
        public var leaseSlices: Int? = 1
        public var leaseTiming = LeaseTiming()

        public init() {}
    }

    private let caches: Caches
    private let controller: Controller
    private let reconciler: SetReconciler
    private let events: EventRecorder
    private let elector: LeaseElector?

    /// - Parameter leaseClient: with a connection of its own, so that no list or watch holds a renewal up.
    public init(
        client: KubernetesClient, leaseClient: KubernetesClient, configuration: Configuration, logger: Logger,
        observer: (any ReflectorObserver)? = nil, wall: @escaping @Sendable () -> Timestamp
    ) {
        let ownership = SliceOwnership(slices: configuration.leaseSlices ?? 1, holdsAll: configuration.leaseSlices == nil)
        let caches = Caches(client: client, scope: configuration.scope, observer: observer)
        let controller = Controller(
            name: "spicepodset", concurrency: configuration.concurrency, ownership: ownership, logger: logger, time: client.time)
        let events = EventRecorder(
            client: client, executable: SetControllerName.executable, instance: configuration.identity, logger: logger, wall: wall)
        self.caches = caches
        self.controller = controller
        self.events = events
        reconciler = SetReconciler(
            caches: caches, settings: configuration.settings, applier: Applier(client: client, controller: "spicepodset"),
            failures: FailureEvents(client: client, logger: logger), events: events, now: wall)
        caches.onChange { [queue = controller.queue] key in
            if ownership.owns(key) { queue.add(key) }
        }
        elector = configuration.leaseSlices.map { _ in
            LeaseElector(
                name: SetControllerName.executable, namespace: configuration.operatorNamespace, identity: configuration.identity,
                ownership: ownership, client: leaseClient, logger: logger, timing: configuration.leaseTiming,
                callbacks: LeaseElector.Callbacks(
                    gained: { slice in
                        for set in caches.sets.all where ownership.slice(of: set.identity.key) == slice {
                            controller.queue.add(set.identity.key, isBulk: true)
                        }
                    },
                    lost: { _ in await controller.abandonLost() }),
                wall: wall)
        }
    }

    /// Works until the task is cancelled. Then, in this order: reconciles under way are finished, events are written, leases
    /// are released.
    /// - Parameter onSynced: called once every cache has its first list.
    public func run(onSynced: @escaping @Sendable () -> Void = {}) async throws {
        try await withThrowingTaskGroup(of: Void.self) { caching in
            caching.addTask { try await self.caches.run() }
            try await waitForCaches()
            onSynced()
            await Phases.run([
                { await self.controller.run { try await self.reconciler.reconcile($0) } },
                { await self.events.run() },
                { await self.elector?.run() },
            ])
            caching.cancelAll()
        }
    }

    /// Names of the cluster's StorageClasses; nil while they are not known, or may not be read.
    public var storageClasses: Set<String>? {
        // A denied list counts as an empty one; no cluster that a set with volumes could run on has none.
        let names = Set(caches.storageClasses.all.map(\.observed.name))
        return caches.storageClasses.hasSynced && !names.isEmpty ? names : nil
    }

    private func waitForCaches() async throws {
        while !caches.hasSynced { try await Task.sleep(for: .milliseconds(5)) }
    }
}
