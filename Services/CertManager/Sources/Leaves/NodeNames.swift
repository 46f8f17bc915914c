import ControllerRuntime
import KubernetesModel
import PKI
import SpiceTypes

/// The hosts under which nodes call each other, which their certificates must name.
enum NodeNames {
    static func all(of node: CachedNode, in cluster: CachedCluster, clusterDomain: String) -> [SubjectName] {
        let namespace = node.identity.key.namespace
        var hosts = forms("\(pod(of: node)).\(node.serviceName)", namespace, clusterDomain)
        var others: [SubjectName] = []
        if node.role == .scheduler {
            hosts += forms(cluster.names.discoveryService, namespace, clusterDomain)
            hosts += forms(ChildNames(set: cluster.names.set(.scheduler)).service, namespace, clusterDomain)
            others = [cluster.schedulerHost.flatMap(SubjectName.init(host:))].compactMap { $0 }
        }
        return hosts.map { .dns($0) } + others
    }

    /// A StatefulSet of a set has one replica.
    static func pod(of node: CachedNode) -> String { "\(node.identity.key.name)-0" }

    /// A name as resolvers of the cluster take it: whole, and shorter by what they add.
    static func forms(_ name: String, _ namespace: String, _ clusterDomain: String) -> [String] {
        ["\(name).\(namespace).svc.\(clusterDomain)", "\(name).\(namespace).svc", "\(name).\(namespace)", name]
    }
}
