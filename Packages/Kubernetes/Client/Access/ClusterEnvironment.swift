import Glibc

/// What of the process' surroundings says which cluster is meant.
public struct ClusterEnvironment: Sendable {
    public var variable: @Sendable (String) -> String?
    /// Where the kubelet mounts the pod's token, authorities and namespace.
    public var serviceAccount: String

    public init(
        variable: @escaping @Sendable (String) -> String?,
        serviceAccount: String = "/var/run/secrets/kubernetes.io/serviceaccount"
    ) {
        self.variable = variable
        self.serviceAccount = serviceAccount
    }

    public static let current = ClusterEnvironment(variable: { name in getenv(name).map { String(cString: $0) } })

    var homeKubeconfig: String? {
        variable("HOME").flatMap { $0.isEmpty ? nil : $0 + "/.kube/config" }
    }
}
