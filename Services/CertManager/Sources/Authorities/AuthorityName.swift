import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// What a cluster's root CA is called.
package enum AuthorityName {
    /// The subject. Of one cluster alone, also where another one has its name later: certificates of two clusters never pass for
    /// each other's.
    package static func commonName(of clusterUID: String) -> String {
        // As long as a common name may be.
        String("Spice cluster CA \(clusterUID)".prefix(64))
    }

    static func secret(of cluster: ObjectKey, _ settings: Settings) -> ObjectKey {
        ObjectKey(
            namespace: settings.operatorNamespace,
            name: ClusterNames(cluster: cluster.name).authoritySecret(namespace: cluster.namespace))
    }

    /// The cluster that a Secret is for. Where its annotation was lost its name says it, unless that was too long to be whole.
    static func cluster(of secret: CachedAuthority) -> ObjectKey? {
        let suffix = "-ca"
        let text = secret.annotations[AuthorityAnnotation.cluster]
        let parts =
            text?.split(separator: "/", maxSplits: 1)
            ?? secret.identity.key.name.dropLast(suffix.count).split(separator: ".", maxSplits: 1)
        guard parts.count == 2, secret.identity.key.name.hasSuffix(suffix) else { return nil }
        return ObjectKey(namespace: String(parts[0]), name: String(parts[1]))
    }
}
