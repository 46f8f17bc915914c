package import ControllerRuntime
package import KubernetesClient
package import KubernetesModel
import SpiceTypes

/// What clusters' certificates depend on: clusters, the StatefulSets that are to have one, and our own Secrets. Never all Secrets
/// of a cluster.
package final class Caches: Sendable {
    package let clusters: Informer<CachedCluster>
    package let nodes: Informer<CachedNode>
    package let authorities: Informer<CachedAuthority>
    package let leaves: Informer<CachedLeaf>
    package let troubles = Troubles()
    private let scope: WatchScope

    package init(client: KubernetesClient, scope: WatchScope, operatorNamespace: String, observer: (any ReflectorObserver)?) {
        self.scope = scope
        clusters = Informer(client: client, resource: .spicepodClusters, scope: scope, observer: observer)
        nodes = Informer(
            client: client, resource: .statefulSets, scope: scope, labels: "\(LabelKey.clusterMTLS)=\(NodeCertificate.enabled)",
            observer: observer)
        authorities = Informer(
            client: client, resource: .secrets, scope: .only([operatorNamespace]), labels: SecretKind.authority.selector,
            observer: observer)
        leaves = Informer(
            client: client, resource: .secrets, scope: scope, labels: SecretKind.leaf.selector, observer: observer)
    }

    package var informers: [any WatchFed] { [clusters, nodes, authorities, leaves] }

    var hasSynced: Bool { clusters.hasSynced && nodes.hasSynced && authorities.hasSynced && leaves.hasSynced }

    /// Lists and watches until the task is cancelled.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.clusters.run() }
            group.addTask { try await self.nodes.run() }
            group.addTask { try await self.authorities.run() }
            group.addTask { try await self.leaves.run() }
            try await group.waitForAll()
        }
    }

    /// Calls the closures with the cluster, or the StatefulSet, that a change concerns.
    /// - Parameter status: of a cluster of which only what is said of its nodes may change; of thousands of nodes it comes often.
    package func onChange(
        cluster enqueueCluster: @escaping @Sendable (ObjectKey) -> Void,
        status enqueueStatus: @escaping @Sendable (ObjectKey) -> Void, node enqueueNode: @escaping @Sendable (ObjectKey) -> Void
    ) {
        clusters.onChange { [weak self] old, new in
            guard let self, let cluster = new ?? old else { return }
            enqueueCluster(cluster.identity.key)
            if new?.isInsecure == true, old?.isInsecure != true {
                for node in self.leaves(labelled: cluster).compactMap(\.node) { enqueueNode(node) }
            }
            // its names, or its very being
            guard old?.identity.uid != new?.identity.uid || old?.schedulerHost != new?.schedulerHost else { return }
            for node in self.nodes(labelled: cluster) { enqueueNode(node.identity.key) }
        }
        authorities.onChange { [weak self] old, new in
            guard let self, let secret = new ?? old, let key = AuthorityName.cluster(of: secret) else { return }
            enqueueCluster(key)
            guard let cluster = self.clusters[key] else { return }
            for node in self.nodes(labelled: cluster) { enqueueNode(node.identity.key) }
        }
        nodes.onChange { [weak self] old, new in
            guard let self, let node = new ?? old else { return }
            // a StatefulSet's own status is of no interest
            guard old?.hasSameMeaning(as: new) != true else { return }
            enqueueNode(node.identity.key)
            self.cluster(of: node).map { enqueueStatus($0.identity.key) }
        }
        leaves.onChange { [weak self] old, new in
            guard let self, let key = (new ?? old)?.node else { return }
            enqueueNode(key)
            self.nodes[key].flatMap { self.cluster(of: $0) }.map { enqueueStatus($0.identity.key) }
        }
        troubles.onChange { [weak self] key in
            guard let self, let node = self.nodes[key] else { return }
            self.cluster(of: node).map { enqueueStatus($0.identity.key) }
        }
    }

    // MARK: Views

    /// Whether clusters of that namespace are in these caches.
    package func sees(_ namespace: String) -> Bool {
        switch scope {
        case .all: true
        case .only(let names): names.contains(namespace)
        case .allExcept(let names): !names.contains(namespace)
        }
    }

    /// Of those that are there, and of those whose root CA is.
    package var clusterKeys: Set<ObjectKey> {
        Set(clusters.all.map(\.identity.key) + authorities.all.compactMap { AuthorityName.cluster(of: $0) })
    }

    /// StatefulSets that are to have a certificate, and those that one was made for.
    package var nodeKeys: Set<ObjectKey> { Set(nodes.all.map(\.identity.key) + leaves.all.compactMap(\.node)) }

    func cluster(of node: CachedNode) -> CachedCluster? {
        cluster(labelled: node.clusterLabel, in: node.identity.key.namespace)
    }

    func cluster(of leaf: CachedLeaf) -> CachedCluster? {
        cluster(labelled: leaf.clusterLabel, in: leaf.identity.key.namespace)
    }

    private func cluster(labelled label: String, in namespace: String) -> CachedCluster? {
        if let cluster = clusters[ObjectKey(namespace: namespace, name: label)], cluster.names.labelValue == label {
            return cluster
        }
        // A long name does not fit into a label.
        return clusters.all.first { $0.identity.key.namespace == namespace && $0.names.labelValue == label }
    }

    /// Looked for one by one: it is seldom asked.
    private func leaves(labelled cluster: CachedCluster) -> [CachedLeaf] {
        leaves.all.filter {
            $0.clusterLabel == cluster.names.labelValue && $0.identity.key.namespace == cluster.identity.key.namespace
        }
    }

    private func nodes(labelled cluster: CachedCluster) -> [CachedNode] {
        nodes.owned(by: CachedNode.index(namespace: cluster.identity.key.namespace, clusterLabel: cluster.names.labelValue))
    }

    func nodes(of cluster: CachedCluster) -> [NodeState] {
        nodes(labelled: cluster).filter { !$0.identity.isDeleting }.map { node in
            NodeState(
                key: node.identity.key, createdAt: node.createdAt, leaf: leaves[node.secret]?.content.summary,
                trouble: troubles[node.identity.key])
        }
    }
}
