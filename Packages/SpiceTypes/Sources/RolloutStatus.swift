public import KubernetesModel

/// A rollout under way.
public struct RolloutStatus: Codable, Sendable, Hashable, Configurable {
    /// The version that the pods are brought to.
    public var version: String?
    /// When it began.
    public var startedAt: Timestamp?
    /// When it last got further: more pods ready with the version than ever before in this rollout. A pod that comes and goes
    /// is no progress.
    public var progressedAt: Timestamp?
    /// The most pods that were ready with the version so far.
    public var reachedReplicas: Int32?

    public init() {}
}
