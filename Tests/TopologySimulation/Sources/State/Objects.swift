import JSON
import KubernetesModel
import SpiceTypes

/// The pod of a node as the API has it.
struct NodeState: Sendable, Hashable {
    var name: String
    var uid: String
    var role: ClusterRole
    /// The first eight digits.
    var version: String?
    var isReady: Bool
    var isTerminating: Bool

    var isAvailable: Bool { isReady && !isTerminating }
    var workload: String { String(name.dropLast(2)) }
    var ordinal: Int { workload.split(separator: "-").last.flatMap { Int($0) } ?? 0 }

    init?(_ object: JSONValue) {
        let metadata = object["metadata"] ?? [:]
        let labels = metadata["labels"]
        guard let role = labels?[LabelKey.clusterRole]?.stringValue.flatMap(ClusterRole.init) else { return nil }
        self.role = role
        name = metadata["name"]?.stringValue ?? ""
        uid = metadata["uid"]?.stringValue ?? ""
        version = labels?[LabelKey.version]?.stringValue
        let conditions = object[path: "status", "conditions"]?.arrayValue ?? []
        isReady = conditions.contains { $0["type"] == "Ready" && $0["status"] == "True" }
        isTerminating = metadata["deletionTimestamp"] != nil
    }
}

/// The StatefulSet of a node.
struct WorkloadState: Sendable, Hashable {
    var name: String
    var role: ClusterRole
    var version: String?
    var serviceName: String
    var usesCertificates: Bool

    var ordinal: Int { name.split(separator: "-").last.flatMap { Int($0) } ?? 0 }

    init?(_ object: JSONValue) {
        let labels = object[path: "metadata", "labels"]
        guard let role = labels?[LabelKey.clusterRole]?.stringValue.flatMap(ClusterRole.init) else { return nil }
        self.role = role
        name = object[path: "metadata", "name"]?.stringValue ?? ""
        version = object[path: "spec", "template", "metadata", "labels"]?[LabelKey.version]?.stringValue
        serviceName = object[path: "spec", "serviceName"]?.stringValue ?? ""
        usesCertificates = labels?[LabelKey.clusterMTLS]?.stringValue == NodeCertificate.enabled
    }
}

/// A SpicepodCluster or a SpicepodSet.
struct ResourceState: Sendable, Hashable {
    var uid: String
    var generation: Int64
    var object: JSONValue

    var spec: JSONValue { object["spec"] ?? [:] }
    var status: JSONValue { object["status"] ?? [:] }
    var replicas: Int { Int(spec["replicas"]?.intValue ?? 1) }
    var isJudged: Bool { status["observedGeneration"]?.intValue == generation }

    init(_ object: JSONValue) {
        uid = object[path: "metadata", "uid"]?.stringValue ?? ""
        generation = object[path: "metadata", "generation"]?.intValue ?? 0
        self.object = object
    }

    func condition(_ type: String) -> JSONValue? { status["conditions"]?.arrayValue?.first { $0["type"] == .string(type) } }
    func annotation(_ key: String) -> String? { object[path: "metadata", "annotations"]?[key]?.stringValue }

    /// Of a set.
    func version(named name: String) -> String? {
        (try? JSONTreeDecoder().decode(SpicepodSetSpec.self, from: spec)).flatMap { try? Version(of: $0, named: name).short }
    }

    var cluster: SpicepodCluster? { try? JSONTreeDecoder().decode(SpicepodCluster.self, from: object) }
}

extension SpicepodCluster {
    func version(_ role: ClusterRole) -> String? {
        try? Version(of: set(role, clusterDomain: Picture.domain).spec, named: names.set(role)).short
    }
}
