import JSON
import KubernetesModel
import SpiceTypes

extension Change {
    /// For a reader; nil where nothing is told.
    func text() -> String? {
        switch self {
        case .node(nil, let pod?): return "pod \(pod.name) made, version \(pod.version ?? "none")"
        case .node(let pod?, nil): return "pod \(pod.name) gone"
        case .node(let before?, let after?):
            if before.isTerminating != after.isTerminating { return "pod \(after.name) deleted" }
            return before.isReady == after.isReady ? nil : "pod \(after.name) \(after.isReady ? "Ready" : "not Ready")"
        case .workload(nil, let made?): return "StatefulSet \(made.name) made, version \(made.version ?? "none")"
        case .workload(let gone?, nil): return "StatefulSet \(gone.name) gone"
        case .workload(let before?, let after?):
            return before.version == after.version ? nil : "StatefulSet \(after.name) to version \(after.version ?? "none")"
        case .cluster(_, nil): return "cluster gone"
        case .cluster(let before, let after?): return Self.text("cluster", before, after)
        case .set(let role, _, nil): return "set of \(role.rawValue)s gone"
        case .set(let role, let before, let after?): return Self.text("set of \(role.rawValue)s", before, after)
        case .service(let name, let object): return "Service \(name) \(object == nil ? "gone" : "written")"
        case .secret(let key, let object): return "Secret \(key) \(object == nil ? "gone" : "written")"
        default: return nil
        }
    }

    private static func text(_ kind: String, _ before: ResourceState?, _ after: ResourceState) -> String? {
        if before?.generation != after.generation {
            let version = after.annotation(AnnotationKey.fullVersion).map { ", version \($0.prefix(8))" } ?? ""
            return "\(kind) generation \(after.generation)\(version)"
        }
        guard before?.status != after.status else { return nil }
        let conditions = (after.status["conditions"]?.arrayValue ?? []).map { condition in
            "\(condition["type"]?.stringValue ?? "")=\(condition["status"]?.stringValue ?? "")"
                + "(\(condition["reason"]?.stringValue ?? ""))"
        }
        let active = after.status["activeVersion"]?.stringValue.map { "active \($0.prefix(8)) " } ?? ""
        return "status of \(kind): \(active)\(conditions.joined(separator: " "))"
    }
}
