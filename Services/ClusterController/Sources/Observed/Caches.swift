package import ControllerRuntime
import JSON
package import KubernetesClient
package import KubernetesModel
import SpiceTypes

/// The service's caches: clusters, the sets that were made for them, and their discovery Services.
package final class Caches: Sendable {
    let clusters: Informer<CachedCluster>
    let sets: Informer<CachedSet>
    let services: Informer<CachedService>

    package init(client: KubernetesClient, scope: WatchScope, observer: (any ReflectorObserver)?) {
        clusters = Informer(client: client, resource: .spicepodClusters, scope: scope, observer: observer)
        sets = Informer(client: client, resource: .spicepodSets, scope: scope, labels: LabelKey.cluster, observer: observer)
        // the Services of sets carry the cluster's label too
        services = Informer(
            client: client, resource: .services, scope: scope, labels: "\(LabelKey.cluster),!\(LabelKey.spicepod)",
            observer: observer)
    }

    /// All of them, in a fixed order.
    package var informers: [any WatchFed] { [clusters, sets, services] }

    package var hasSynced: Bool { clusters.hasSynced && sets.hasSynced && services.hasSynced }

    /// Lists and watches until the task is cancelled.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.clusters.run() }
            group.addTask { try await self.sets.run() }
            group.addTask { try await self.services.run() }
            try await group.waitForAll()
        }
    }

    /// Calls `enqueue` with the cluster that a change concerns. What changes nothing that we look at wakes nobody.
    package func onChange(_ enqueue: @escaping @Sendable (ObjectKey) -> Void) {
        clusters.onChange { old, new in
            guard let cluster = new ?? old, old?.content != new?.content else { return }
            enqueue(cluster.identity.key)
        }
        sets.onChange { old, new in
            guard old?.set != new?.set || old?.identity.controllerUID != new?.identity.controllerUID else { return }
            Self.owners(old?.identity, new?.identity).forEach(enqueue)
        }
        services.onChange { old, new in
            guard old?.owned != new?.owned || old?.identity.uid != new?.identity.uid else { return }
            Self.owners(old?.identity, new?.identity).forEach(enqueue)
        }
    }

    private static func owners(_ identities: ObjectIdentity?...) -> Set<ObjectKey> {
        Set(
            identities.compactMap { identity in
                identity?.controllerName.map { ObjectKey(namespace: identity?.key.namespace ?? "", name: $0) }
            })
    }

    // MARK: Views

    func world(of cluster: SpicepodCluster, now: Timestamp) -> World {
        let namespace = cluster.metadata.namespace ?? ""
        var sets: [ClusterRole: ObservedSet] = [:]
        for role in ClusterRole.allCases {
            let cached = self.sets[ObjectKey(namespace: namespace, name: cluster.names.set(role))]
            guard let cached, cached.identity.controllerUID == cluster.metadata.uid else { continue }
            sets[role] = cached.set
        }
        return World(cluster: cluster, sets: sets, now: now)
    }

    func live(_ resource: ResourceType, _ key: ObjectKey) -> LiveChild? {
        switch resource {
        case .spicepodSets: sets[key].map { Self.live($0.identity, $0.set.owned) }
        default: services[key].map { Self.live($0.identity, $0.owned) }
        }
    }

    private static func live(_ identity: ObjectIdentity, _ owned: Digest?) -> LiveChild {
        LiveChild(
            uid: identity.uid, resourceVersion: identity.resourceVersion, controllerUID: identity.controllerUID, owned: owned)
    }

    /// Takes note of the API server's answer to a write of ours, ahead of the watch.
    func observe(written object: JSONValue, _ resource: ResourceType) {
        switch resource {
        case .spicepodClusters: clusters.observe(written: object)
        case .spicepodSets: sets.observe(written: object)
        default: services.observe(written: object)
        }
    }
}
