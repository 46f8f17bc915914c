import KubernetesModel
import SpiceTypes

extension Rule {
    /// The page: cluster-mode workloads whose policy omits a peer rule selecting `spice.ai/cluster=<name>` are rejected. The
    /// nodes of a cluster talk to each other both ways.
    static let clusterPeers = Rule.error(
        "cluster-peers", "A set of a SpicepodCluster whose traffic is restricted lets the cluster's pods through."
    ) { subject, report in
        let name = subject.spec.cluster.map { ClusterNames(cluster: $0.name).labelValue }
        guard let cluster = name ?? subject.set.metadata.labels?[LabelKey.cluster], let network = subject.spec.network else {
            return
        }
        let remedy = "add a peer with podSelector.matchLabels \(LabelKey.cluster): \(cluster)"
        if let ingress = network.ingress, !ingress.contains(where: { lets(cluster, $0.from) }) {
            report.add("spec.network.ingress", "lets no pods of cluster \(Quoted.text(cluster)) in; \(remedy)")
        }
        if let egress = network.egress, !egress.contains(where: { lets(cluster, $0.to) }) {
            report.add("spec.network.egress", "lets no traffic out to pods of cluster \(Quoted.text(cluster)); \(remedy)")
        }
    }

    /// No peers are all peers.
    private static func lets(_ cluster: String, _ peers: [NetworkPolicyPeer]?) -> Bool {
        guard let peers, !peers.isEmpty else { return true }
        return peers.contains { peer in
            guard let selector = peer.podSelector, peer.ipBlock == nil else { return false }
            return selector.selects(cluster)
        }
    }
}

extension LabelSelector {
    /// Whether the cluster's pods are meant: by its label, perhaps those of one role, or as all pods.
    fileprivate func selects(_ cluster: String) -> Bool {
        let labels = matchLabels ?? [:]
        let expressions = matchExpressions ?? []
        if labels.isEmpty, expressions.isEmpty { return true }
        let value = labels[LabelKey.cluster]
        let requirements = expressions.filter { $0.key == LabelKey.cluster }
        guard value != nil || !requirements.isEmpty, value == nil || value == cluster else { return false }
        return requirements.allSatisfy { requirement in
            switch requirement.operator {
            case "In": requirement.values?.contains(cluster) ?? false
            case "NotIn": !(requirement.values?.contains(cluster) ?? false)
            case "Exists": true
            default: false
            }
        }
    }
}
