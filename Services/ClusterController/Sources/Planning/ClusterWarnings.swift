import JSON
import SpiceTypes

/// What works and should not be left so.
enum ClusterWarnings {
    typealias Warning = (reason: Reason, message: String)

    static func of(_ cluster: SpicepodCluster) -> [Warning] { [insecure(cluster), stateless(cluster)].compactMap { $0 } }

    private static func insecure(_ cluster: SpicepodCluster) -> Warning? {
        guard cluster.spec.allowInsecureConnections == true else { return nil }
        return (
            .insecureConnections,
            "spec.allowInsecureConnections: everything between the nodes can be read and forged; remove it outside development."
        )
    }

    /// Schedulers share what they know through an object store (distributed query page). The same is said by rule `state-location`.
    private static func stateless(_ cluster: SpicepodCluster) -> Warning? {
        let spicepod = cluster.spec.schedulerSpec.spicepod
        if let location = spicepod?[path: "runtime", "scheduler", "state_location"]?.stringValue, !location.isEmpty { return nil }
        return (
            .stateLocationMissing,
            "spec.schedulerSpec.spicepod.runtime.scheduler.state_location is missing, and schedulers of current runtimes do not start "
                + "without it; name an object store such as s3://bucket/path."
        )
    }
}
