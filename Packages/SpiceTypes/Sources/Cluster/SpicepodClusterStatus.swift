public import KubernetesModel

/// What is true of a SpicepodCluster. cert-manager writes what begins with `rootCertificate` and the condition
/// CertificatesReady, cluster-controller everything else.
public struct SpicepodClusterStatus: Codable, Sendable, Hashable, Configurable {
    /// The generation of the spec that this status describes.
    public var observedGeneration: Int64?
    /// Whether the root CA has been made and is valid.
    public var rootCertificateReady: Bool?
    /// The Secret with the root CA's certificate and key, in the operator's namespace.
    public var rootCertificateSecretName: String?
    /// When the root CA runs out.
    /// +format=date-time
    public var rootCertificateExpiresAt: String?
    /// The SpicepodSet of the schedulers.
    public var schedulerSpicepodsetName: String?
    /// The SpicepodSet of the executors.
    public var executorSpicepodsetName: String?
    /// How many schedulers are ready.
    public var schedulerReadyReplicas: Int32?
    /// How many executors are ready.
    public var executorReadyReplicas: Int32?
    /// The schedulers in figures.
    public var schedulers: ClusterNodeCounts?
    /// The executors in figures.
    public var executors: ClusterNodeCounts?
    /// The aspects Ready, Progressing, Paused, CertificatesReady and Warning, each with its reason.
    /// +listType=map
    /// +listMapKey=type
    public var conditions: [Condition]?

    public init() {}

    /// Reasons of Ready and CertificatesReady that say that making certificates or reconciling failed: what v1alpha1 told as `error`.
    /// All others wait for something.
    public static let errorReasons: Set<String> = [
        "InvalidSpec", "ForeignObject", "ForeignSecret", "Forbidden", "Rejected", "Failed",
    ]
}

/// The nodes of one role in figures.
public struct ClusterNodeCounts: Codable, Sendable, Hashable, Configurable {
    /// How many are ready.
    public var ready: Int32?
    /// How many are wanted.
    public var desired: Int32?
    /// How many are ready with the wanted version.
    public var updated: Int32?

    public init() {}
}
