public import ControllerRuntime
public import KubernetesClient
public import KubernetesModel
public import Logging

/// cert-manager put together: caches, queues, reconcilers, leases and events.
public final class CertManagerService: Sendable {
    public struct Configuration: Sendable {
        public var settings = Settings()
        public var scope = WatchScope.all
        public var concurrency = 8
        public var identity = ""
        /// nil works without leader election: for a single replica only.
        public var leaseSlices: Int? = 1
        public var leaseTiming = LeaseTiming()

        public init() {}
    }

    let caches: Caches
    let servingCaches: ServingCaches
    private let reconcilers: Reconcilers
    private let authorities: Controller
    private let leaves: Controller
    private let serving: Controller
    private let events: EventRecorder
    private let elector: LeaseElector?

    /// Every look at a cluster is one at all of its nodes.
    private static let gathering: Duration = .milliseconds(200)

    /// - Parameter leaseClient: with a connection of its own, so that no list or watch holds a renewal up.
    public init(
        client: KubernetesClient, leaseClient: KubernetesClient, configuration: Configuration, logger: Logger,
        observer: (any ReflectorObserver)? = nil, wall: @escaping @Sendable () -> Timestamp
    ) {
        let ownership = SliceOwnership(slices: configuration.leaseSlices ?? 1, holdsAll: configuration.leaseSlices == nil)
        let namespace = configuration.settings.operatorNamespace
        let caches = Caches(client: client, scope: configuration.scope, operatorNamespace: namespace, observer: observer)
        let servingCaches = ServingCaches(client: client, operatorNamespace: namespace, observer: observer)
        func controller(_ name: String, _ concurrency: Int) -> Controller {
            Controller(name: name, concurrency: concurrency, ownership: ownership, logger: logger, time: client.time)
        }
        let authorities = controller("cluster-authority", configuration.concurrency)
        let leaves = controller("cluster-certificate", configuration.concurrency)
        let serving = controller("serving-certificate", 1)
        events = EventRecorder(
            client: client, executable: CertManagerName.executable, instance: configuration.identity, logger: logger, wall: wall)
        reconcilers = Reconcilers(
            caches: caches, servingCaches: servingCaches, settings: configuration.settings, client: client, events: events,
            now: wall)
        func add(_ queue: WorkQueue<ObjectKey>) -> @Sendable (ObjectKey) -> Void {
            { key in
                if ownership.owns(key) { queue.add(key) }
            }
        }
        caches.onChange(
            cluster: add(authorities.queue),
            status: { [queue = authorities.queue] key in
                if ownership.owns(key) { queue.add(key, after: Self.gathering) }
            }, node: add(leaves.queue))
        servingCaches.onChange(add(serving.queue))
        elector = configuration.leaseSlices.map { _ in
            LeaseElector(
                name: CertManagerName.executable, namespace: namespace, identity: configuration.identity, ownership: ownership,
                client: leaseClient, logger: logger, timing: configuration.leaseTiming,
                callbacks: LeaseElector.Callbacks(
                    gained: { slice in
                        func addAll(_ keys: some Sequence<ObjectKey>, to controller: Controller) {
                            for key in keys where ownership.slice(of: key) == slice { controller.queue.add(key, isBulk: true) }
                        }
                        addAll(caches.clusterKeys, to: authorities)
                        addAll(caches.nodeKeys, to: leaves)
                        addAll(servingCaches.keys, to: serving)
                    },
                    lost: { _ in
                        await authorities.abandonLost()
                        await leaves.abandonLost()
                        await serving.abandonLost()
                    }),
                wall: wall)
        }
        self.caches = caches
        self.servingCaches = servingCaches
        self.authorities = authorities
        self.leaves = leaves
        self.serving = serving
    }

    /// Works until the task is cancelled. Then, in this order: reconciles under way are finished, events are written, leases
    /// are released.
    ///
    /// Serving certificates do not wait for the clusters' caches: what those read may need a webhook that has no certificate yet.
    /// - Parameters: each called once its caches have their first lists.
    public func run(
        onSynced: @escaping @Sendable () -> Void = {}, onServingSynced: @escaping @Sendable () -> Void = {}
    ) async {
        await withTaskGroup(of: Void.self) { caching in
            caching.addTask { _ = try? await self.caches.run() }
            caching.addTask { _ = try? await self.servingCaches.run() }
            await Phases.run([
                {
                    guard await self.wait({ self.servingCaches.hasSynced }) else { return }
                    onServingSynced()
                    await self.serving.run { try await self.reconcilers.serving.reconcile($0) }
                },
                {
                    guard await self.wait({ self.caches.hasSynced }) else { return }
                    onSynced()
                    await self.authorities.run { try await self.reconcilers.authorities.reconcile($0) }
                },
                {
                    guard await self.wait({ self.caches.hasSynced }) else { return }
                    await self.leaves.run { try await self.reconcilers.leaves.reconcile($0) }
                },
                { await self.events.run() },
                { await self.elector?.run() },
            ])
            caching.cancelAll()
        }
    }

    /// - Returns: false where the task was cancelled first.
    private func wait(_ condition: () -> Bool) async -> Bool {
        while !condition() {
            guard (try? await Task.sleep(for: .milliseconds(5))) != nil else { return false }
        }
        return true
    }
}
