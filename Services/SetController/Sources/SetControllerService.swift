public import ControllerRuntime
public import KubernetesClient
public import KubernetesModel
public import Logging

/// set-controller put together: caches, queue, reconciler, leases and events.
public final class SetControllerService: Sendable {
    public struct Configuration: Sendable {
        public var settings = Settings()
        public var scope = WatchScope.all
        public var controller = LeasedController.Configuration()

        public init() {}
    }

    private let caches: Caches
    private let controller: LeasedController
    private let reconciler: SetReconciler

    /// - Parameter leaseClient: with a connection of its own, so that no list or watch holds a renewal up.
    public init(
        client: KubernetesClient, leaseClient: KubernetesClient, configuration: Configuration, logger: Logger,
        observer: (any ReflectorObserver)? = nil, wall: @escaping @Sendable () -> Timestamp
    ) {
        let caches = Caches(client: client, scope: configuration.scope, observer: observer)
        let controller = LeasedController(
            name: "spicepodset", executable: SetControllerName.executable, client: client, leaseClient: leaseClient,
            configuration: configuration.controller, logger: logger, wall: wall, keys: { caches.sets.all.map(\.identity.key) })
        self.caches = caches
        self.controller = controller
        reconciler = SetReconciler(
            caches: caches, settings: configuration.settings, applier: Applier(client: client, controller: "spicepodset"),
            failures: FailureEvents(client: client, logger: logger), events: controller.events, now: wall)
        caches.onChange { controller.enqueue($0) }
    }

    /// Works until the task is cancelled; see `LeasedController.run`.
    /// - Parameter onSynced: called once every cache has its first list.
    public func run(onSynced: @escaping @Sendable () -> Void = {}) async throws {
        let caches = caches
        try await controller.run(caches: { try await caches.run() }, hasSynced: { caches.hasSynced }, onSynced: onSynced) {
            [reconciler] in try await reconciler.reconcile($0)
        }
    }

    /// Names of the cluster's StorageClasses; nil while they are not known, or may not be read.
    public var storageClasses: Set<String>? {
        // A denied list counts as an empty one; no cluster that a set with volumes could run on has none.
        let names = Set(caches.storageClasses.all.map(\.observed.name))
        return caches.storageClasses.hasSynced && !names.isEmpty ? names : nil
    }
}
