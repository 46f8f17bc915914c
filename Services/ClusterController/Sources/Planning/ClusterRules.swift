package import SpiceTypes
package import SpiceValidation

/// What is wrong with a cluster that takes the place of an old one, if that is known.
package typealias ClusterRules = @Sendable (_ cluster: SpicepodCluster, _ old: SpicepodCluster?) -> [Finding]

extension Settings {
    /// The same for the webhook and the reconciler. StorageClasses are left to set-controller, which sees them.
    package static func rules(clusterDomain: String) -> ClusterRules {
        { cluster, old in
            SpicepodClusterValidator.findings(cluster, ClusterValidationContext(old: old, clusterDomain: clusterDomain))
        }
    }
}
