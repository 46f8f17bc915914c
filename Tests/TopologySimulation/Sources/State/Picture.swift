import JSON
import KubernetesModel
import LocalControlPlane
import SpiceTypes

/// The cluster and what is made for it, as the API or one service has them.
struct Picture: Sendable {
    static let namespace = "default"
    static let operatorNamespace = "spiceai-operator-system"
    static let name = "demo"
    static let domain = "cluster.local"
    static let names = ClusterNames(cluster: name)
    static let key = ObjectKey(namespace: namespace, name: name)
    static let authority = ObjectKey(namespace: operatorNamespace, name: names.authoritySecret(namespace: namespace))

    var cluster: ResourceState?
    var sets: [ClusterRole: ResourceState] = [:]
    var nodes: [String: NodeState] = [:]
    var workloads: [String: WorkloadState] = [:]
    /// As they are, and so are the Secrets.
    var services: [String: JSONValue] = [:]
    var secrets: [ObjectKey: JSONValue] = [:]
    /// Names of the ConfigMaps that hold versions.
    var versions: Set<String> = []
    /// The newest revision of everything, also of what is gone: older news counts for nothing.
    private var revisions: [String: Int64] = [:]

    /// Takes a change in; nil where it is older than what is known, or concerns nothing that is looked at.
    mutating func take(_ event: StoreEvent) -> Change? {
        let resource = event.resource.plural
        guard Self.watched.contains(resource), [Self.namespace, Self.operatorNamespace].contains(event.key.namespace) else {
            return nil
        }
        let mark = "\(resource)/\(event.key.namespace)/\(event.key.name)"
        if let revision = revisions[mark], revision >= event.revision { return nil }
        revisions[mark] = event.revision
        let name = event.key.name
        let object = event.kind == .deleted ? nil : event.object
        switch resource {
        case "spicepodclusters":
            guard name == Self.name else { return nil }
            let before = cluster
            cluster = object.map(ResourceState.init)
            return .cluster(before, cluster)
        case "spicepodsets":
            guard let role = ClusterRole.allCases.first(where: { Self.names.set($0) == name }) else { return nil }
            let before = sets[role]
            sets[role] = object.map(ResourceState.init)
            return .set(role, before, sets[role])
        case "pods":
            let before = nodes[name]
            nodes[name] = object.flatMap(NodeState.init)
            return .node(before, nodes[name])
        case "statefulsets":
            let before = workloads[name]
            workloads[name] = object.flatMap(WorkloadState.init)
            return .workload(before, workloads[name])
        case "services":
            services[name] = object
            return .service(name, object)
        case "secrets":
            secrets[event.key] = object
            return .secret(event.key, object)
        default:
            if object == nil { versions.remove(name) } else { versions.insert(name) }
            return .other
        }
    }

    private static let watched: Set<String> = [
        "spicepodclusters", "spicepodsets", "pods", "statefulsets", "services", "secrets", "configmaps",
    ]

    func nodes(_ role: ClusterRole) -> [NodeState] { nodes.values.filter { $0.role == role }.sorted { $0.name < $1.name } }
    func workloads(_ role: ClusterRole) -> [WorkloadState] {
        workloads.values.filter { $0.role == role }.sorted { $0.name < $1.name }
    }
}

/// What one write changed.
enum Change: Sendable {
    case cluster(ResourceState?, ResourceState?)
    case set(ClusterRole, ResourceState?, ResourceState?)
    case node(NodeState?, NodeState?)
    case workload(WorkloadState?, WorkloadState?)
    case service(String, JSONValue?)
    case secret(ObjectKey, JSONValue?)
    case other
}
