import KubernetesModel
import SpiceTypes

extension Rule {
    /// The page: cluster-mode workloads whose policy omits a peer rule selecting `spice.ai/cluster=<name>` are rejected. The
    /// nodes of a cluster talk to each other both ways.
    static let clusterPeers = Rule.error(
        "cluster-peers",
        "A set of a SpicepodCluster whose traffic is restricted lets the cluster's pods through, on the port that nodes talk on."
    ) { subject, report in
        let name = subject.spec.cluster.map { ClusterNames(cluster: $0.name).labelValue }
        guard let cluster = name ?? subject.set.metadata.labels?[LabelKey.cluster], let network = subject.spec.network else {
            return
        }
        let remedy = "add a peer with podSelector.matchLabels \(LabelKey.cluster): \(cluster)"
        let own = subject.spec.cluster?.port
        if let ingress = network.ingress {
            let ports = ingress.filter { lets(cluster, $0.from) }.map(\.ports)
            let path = "spec.network.ingress"
            if ports.isEmpty { report.add(path, "lets no pods of cluster \(Quoted.text(cluster)) in; \(remedy)") }
            check(ports, [own], "lets pods of cluster \(Quoted.text(cluster)) in, but not", at: path, &report)
        }
        if let egress = network.egress {
            let ports = egress.filter { lets(cluster, $0.to) }.map(\.ports)
            let path = "spec.network.egress"
            if ports.isEmpty { report.add(path, "lets no traffic out to pods of cluster \(Quoted.text(cluster)); \(remedy)") }
            let all = own == subject.context.peerPort ? [own] : [own, subject.context.peerPort]
            check(ports, all, "lets traffic out to pods of cluster \(Quoted.text(cluster)), but not", at: path, &report)
        }
    }

    /// Several rules may open a port together. The rule `cluster-addresses` tells what is no port.
    private static func check(
        _ ports: [[NetworkPolicyPort]?], _ needed: [Int32?], _ problem: String, at path: String, _ report: inout Report
    ) {
        guard !ports.isEmpty else { return }
        for port in needed.compactMap(\.self) where (1...65535).contains(port) {
            guard !ports.contains(where: { $0.open(port, "TCP", named: ["cluster"]) }) else { continue }
            report.add(
                path,
                "\(problem) to TCP port \(port), on which nodes talk to each other; add {protocol: TCP, port: \(port)} to the ports of "
                    + "that rule, or leave its ports out")
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
