import KubernetesModel
public import SpiceTypes

/// What is known beside the cluster itself.
public struct ClusterValidationContext: Sendable {
    /// The object before an update; nil where it is new, or where nobody knows.
    public var old: SpicepodCluster?
    /// Names of the StorageClasses; nil where they are not known, and nothing is said about them then.
    public var storageClasses: Set<String>?
    /// The DNS domain that schedulers are found in.
    public var clusterDomain: String

    public init(old: SpicepodCluster? = nil, storageClasses: Set<String>? = nil, clusterDomain: String = "cluster.local") {
        self.old = old
        self.storageClasses = storageClasses
        self.clusterDomain = clusterDomain
    }
}

/// What is wrong with a SpicepodCluster. Pure, and the same for the webhook, the reconciler and the command line.
///
/// The rules are those of sets: a cluster is judged by the sets that it becomes, and what is found is told where its user wrote it.
public enum SpicepodClusterValidator {
    /// Everything at once. At most about a hundred findings a role.
    public static func findings(_ cluster: SpicepodCluster, _ context: ClusterValidationContext = .init()) -> [Finding] {
        var told: Set<Finding> = []
        return ClusterRole.allCases.flatMap { role in
            var setContext = ValidationContext(
                old: context.old.map { judged($0, role, context) }, storageClasses: context.storageClasses)
            setContext.peerPort = cluster.port(role.other)
            setContext.oldPeerPort = context.old?.port(role.other)
            return SpicepodSetValidator.findings(judged(cluster, role, context), setContext)
                .map { finding in
                    var finding = finding
                    finding.path = path(finding.path, role)
                    return finding
                }
                // what is said of the cluster as a whole is found in both
                .filter { told.insert($0).inserted }
        }
    }

    /// The errors that hold the reconciler up: at `err` all of them, else those without which no right workload can be made.
    public static func blocking(_ findings: [Finding], at level: ValidationLevel) -> [Finding] {
        SpicepodSetValidator.blocking(findings, at: level)
    }

    /// The set of a role under the cluster's own name and annotations: those are what its user can change.
    private static func judged(_ cluster: SpicepodCluster, _ role: ClusterRole, _ context: ClusterValidationContext) -> SpicepodSet
    {
        var set = cluster.set(role, clusterDomain: context.clusterDomain)
        set.metadata = cluster.metadata
        // made of the schedulers' address, which is told where it is written
        if cluster.spec[role].cluster?.schedulerAddress == nil { set.spec.cluster?.schedulerAddress = nil }
        return set
    }

    /// Where the field of a child is in the cluster.
    private static func path(_ path: String, _ role: ClusterRole) -> String {
        let root = "spec"
        guard path == root || path.hasPrefix("\(root).") else { return path }
        let insecure = "allowInsecureConnections"
        if path == "\(root).cluster.\(insecure)" { return "\(root).\(insecure)" }
        return "\(root).\(role.rawValue)Spec\(path.dropFirst(root.utf8.count))"
    }
}

extension ClusterRole {
    fileprivate var other: ClusterRole { self == .scheduler ? .executor : .scheduler }
}
