import ControllerRuntime
import SpiceTypes

/// Why the pods of a role change, as the first field of the cluster's spec that does.
enum VersionChange {
    static func field(_ role: ClusterRole, from old: SpicepodSetSpec?, to new: SpicepodSetSpec, named name: String) -> String {
        guard let old, let before = try? Version.content(of: old, named: name),
            let after = try? Version.content(of: new, named: name),
            let path = FieldDifference.path(from: before, to: after)
        else { return role.field }
        return field(role, path)
    }

    /// What a version is made of, in the words of the cluster's spec.
    private static func field(_ role: ClusterRole, _ path: String) -> String {
        switch path {
        case "cluster.definition": return "\(ClusterRole.scheduler.field).spicepod"
        case "cluster.allowInsecureConnections": return "spec.allowInsecureConnections"
        case "serviceAccountName": return "\(role.field).serviceAccount"
        case "dnsPolicy": return "\(role.field).network.dnsPolicy"
        case let path where path.hasPrefix("dnsConfig"): return "\(role.field).network.\(path)"
        case let path where path.hasPrefix("ports."): return "\(role.field).\(path.dropFirst(6)).port"
        default: return "\(role.field).\(path)"
        }
    }
}
