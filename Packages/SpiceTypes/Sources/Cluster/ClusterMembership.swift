public import KubernetesModel

/// A set's place in a SpicepodCluster: `spec.cluster` of the sets that cluster-controller makes.
public struct ClusterMembership: Codable, Sendable, Hashable, Configurable {
    /// The cluster's name, which labels the pods.
    /// +minLength=1
    /// +maxLength=253
    public var name = ""
    /// What the pods do: scheduler or executor.
    public var role = ClusterRole.scheduler
    /// Where a pod listens for the other nodes, as IP address and port; 0.0.0.0:50052 by default.
    public var bindAddress: String?
    /// The URL at which executors find the schedulers.
    public var schedulerAddress: String?
    /// Whether the nodes talk without mutual TLS: for development only.
    public var allowInsecureConnections: Bool?
    /// Identifies the Spicepod that executors fetch from the schedulers when they start, so that they start anew when it changes.
    public var definition: String?

    public init() {}

    public static let defaultBindAddress = "0.0.0.0:50052"
    public static let defaultPort: Int32 = 50052

    public var effectiveBindAddress: String { bindAddress ?? Self.defaultBindAddress }

    /// The port that nodes talk on.
    public var port: Int32 {
        effectiveBindAddress.split(separator: ":").last.flatMap { Int32($0) } ?? Self.defaultPort
    }

    /// Whether the pods prove to each other who they are, by certificates that cert-manager issues.
    public var usesMutualTLS: Bool { allowInsecureConnections != true }
}
