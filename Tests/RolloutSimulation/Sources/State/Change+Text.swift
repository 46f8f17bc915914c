import JSON
import KubernetesModel

extension Change {
    /// For a reader; nil where nothing is told.
    func text(_ picture: Picture) -> String? {
        switch self {
        case .pod(nil, let pod?): return "pod \(pod.name) made, version \(pod.version ?? "none")"
        case .pod(let pod?, nil): return "pod \(pod.name) gone"
        case .pod(let before?, let after?):
            if before.isTerminating != after.isTerminating { return "pod \(after.name) deleted" }
            return before.isReady == after.isReady ? nil : "pod \(after.name) \(after.isReady ? "Ready" : "not Ready")"
        case .workload(nil, let made?): return "StatefulSet \(made.name.text) made, version \(made.version ?? "none")"
        case .workload(let gone?, nil): return "StatefulSet \(gone.name.text) gone"
        case .workload(let before?, let after?):
            if before.isOrphaning != after.isOrphaning { return "StatefulSet \(after.name.text) deleted, its pods orphaned" }
            return before.version == after.version
                ? nil : "StatefulSet \(after.name.text) to version \(after.version ?? "none")"
        case .service(nil, let made?): return "Service made, \(Self.text(made.selector))"
        case .service(_?, nil): return "Service gone"
        case .service(let before?, let after?):
            if before.selector != after.selector {
                return "Service switched to \(Self.text(after.selector)); \(Self.text(picture.podsBehindService))"
            }
            return before.annotations == after.annotations ? nil : "Service annotations \(Self.text(after.annotations))"
        case .claim(nil, let made?): return "claim \(made.name) made"
        case .claim(let gone?, nil): return "claim \(gone.name) gone"
        case .claim(let before?, let after?):
            return before.isTerminating == after.isTerminating ? nil : "claim \(after.name) deleted"
        case .set(_, nil): return "set gone"
        case .set(let before, let after?): return Self.text(before, after)
        default: return nil
        }
    }

    private static func text(_ before: SetState?, _ after: SetState) -> String? {
        if before?.generation != after.generation { return "set generation \(after.generation)" }
        guard before?.status != after.status else {
            return before?.annotations == after.annotations ? nil : "set annotations \(text(after.annotations))"
        }
        let conditions = (after.status["conditions"]?.arrayValue ?? []).map { condition in
            "\(condition["type"]?.stringValue ?? "")=\(condition["status"]?.stringValue ?? "")"
                + "(\(condition["reason"]?.stringValue ?? ""))"
        }
        let standby = after.standbyVersion.map { ", standby \($0) until \(after.standbyExpiresAt?.text ?? "")" } ?? ""
        return "status \(after.status["replicas"]?.stringValue ?? ""), active \(after.activeVersion ?? "none")\(standby): "
            + conditions.joined(separator: " ")
    }

    private static func text(_ map: [String: String]) -> String {
        map.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }

    private static func text(_ pods: [PodState]) -> String {
        pods.map { "\($0.name)\($0.isReady ? "" : " (not Ready)")\($0.isTerminating ? " (stopping)" : "")" }.joined(separator: ", ")
    }
}
