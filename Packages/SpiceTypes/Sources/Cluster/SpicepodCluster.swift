public import KubernetesModel

extension ResourceType {
    public static let spicepodClusters = ResourceType(
        group: "spice.ai", version: "v2", plural: "spicepodclusters", kind: "SpicepodCluster")
}

/// A distributed query cluster: schedulers that plan, executors that compute, and mutual TLS between them.
public struct SpicepodCluster: Codable, Sendable, Hashable {
    public var metadata: ObjectMeta
    /// What is wanted.
    public var spec: SpicepodClusterSpec
    /// What is.
    public var status: SpicepodClusterStatus?

    public init(metadata: ObjectMeta, spec: SpicepodClusterSpec, status: SpicepodClusterStatus? = nil) {
        self.metadata = metadata
        self.spec = spec
        self.status = status
    }

    public var names: ClusterNames { ClusterNames(cluster: metadata.name ?? "") }
}

/// What is wanted of a SpicepodCluster.
public struct SpicepodClusterSpec: Codable, Sendable, Hashable, Configurable {
    /// The nodes that plan queries and keep the cluster's state. They alone have a Spicepod.
    /// +requires=spicepod
    public var schedulerSpec = ClusterNodeSpec()
    /// The nodes that compute. They fetch the Spicepod from the schedulers, so `spicepod` is refused here; so is `probes`, because
    /// executors have none.
    /// +cel=!has(self.spicepod)
    /// +celMessage=executors fetch the Spicepod from the schedulers when they start: write it under schedulerSpec.spicepod
    /// +celFieldPath=.spicepod
    /// +celReason=FieldValueForbidden
    /// +cel=!has(self.probes)
    /// +celMessage=executors have no probes, because they serve nothing that could be probed: write them under schedulerSpec.probes
    /// +celFieldPath=.probes
    /// +celReason=FieldValueForbidden
    public var executorSpec = ClusterNodeSpec()
    /// Whether the nodes talk without mutual TLS: for development only, everything between them is readable then.
    /// +default=false
    public var allowInsecureConnections: Bool?

    public init() {}

    public subscript(role: ClusterRole) -> ClusterNodeSpec {
        switch role {
        case .scheduler: schedulerSpec
        case .executor: executorSpec
        }
    }
}
