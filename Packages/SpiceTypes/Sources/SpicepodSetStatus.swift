public import KubernetesModel

/// What is true of a SpicepodSet.
public struct SpicepodSetStatus: Codable, Sendable, Hashable, Configurable {
    /// The generation of the spec that this status describes.
    public var observedGeneration: Int64?
    /// Ready and wanted pods as text, such as 2/5.
    public var replicas: String?
    /// How many pods are ready.
    public var readyReplicas: Int32?
    /// How many pods are wanted.
    public var totalReplicas: Int32?
    /// How many pods run the wanted version.
    public var updatedReplicas: Int32?
    /// Labels of the set's pods, as the scale subresource needs them.
    public var selector: String?
    /// The role in a SpicepodCluster: scheduler, executor or <none>.
    public var role: String?
    /// Why the set is paused, while it is.
    public var pauseReason: String?
    /// The version that receives traffic: the SHA-256 of the fields of the spec that make a pod.
    public var activeVersion: String?
    /// The last version with which the set was ready as a whole.
    public var lastReadyVersion: String?
    /// The version kept for an instant rollback.
    public var standbyVersion: String?
    /// When the standby's pods are reclaimed.
    /// +format=date-time
    public var standbyExpiresAt: String?
    /// The rollout under way.
    public var rollout: RolloutStatus?
    /// When this status last changed.
    public var lastUpdated: Timestamp?
    /// The aspects Ready, Progressing and Paused, each with its reason.
    /// +listType=map
    /// +listMapKey=type
    public var conditions: [Condition]?

    public init() {}
}
