/// Names of what is made for a cluster. Deterministic; past Kubernetes' limits the start is kept and a hash added.
public struct ClusterNames: Sendable, Hashable {
    public var cluster: String

    public init(cluster: String) {
        self.cluster = cluster
    }

    /// The child SpicepodSet of a role.
    public func set(_ role: ClusterRole) -> String { ChildNames.fit(cluster, suffix: "-\(role.rawValue)", limit: 253) }

    /// The headless Service under whose name executors find the schedulers.
    public var discoveryService: String { ChildNames.fit(cluster, suffix: "-discovery", limit: 63) }

    /// A label's value has at most 63 characters.
    public var labelValue: String { ChildNames.fit(cluster, limit: 63) }

    /// The Secret of the root CA, in the operator's namespace. A namespace's name has no dot: no two clusters share one.
    public func authoritySecret(namespace: String) -> String {
        ChildNames.fit("\(namespace).\(cluster)", suffix: "-ca", limit: 253)
    }

    /// The host part of a Service's name in the cluster's DNS.
    public static func host(service: String, namespace: String, clusterDomain: String) -> String {
        "\(service).\(namespace).svc.\(clusterDomain)"
    }
}

/// Certificates of cluster nodes, as pods find them.
public enum NodeCertificate {
    /// The Secret of a StatefulSet's pod, in its namespace.
    public static func secret(statefulSet: String) -> String { "\(statefulSet)-mtls" }

    /// The pod's volume of the Secret.
    public static let volume = "spice-mtls"
    /// Where the Secret is mounted, as a directory: files of a `subPath` are never renewed.
    public static let directory = "/etc/spice/mtls"
    /// Keys of the Secret, and names of its files.
    public static let authority = "ca.crt"
    public static let certificate = "tls.crt"
    public static let key = "tls.key"

    /// Value of the label `spice.ai/cluster-mtls` on the StatefulSets that get a certificate.
    public static let enabled = "enabled"
}
