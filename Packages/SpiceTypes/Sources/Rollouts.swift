public import KubernetesModel

/// How a change reaches the pods.
public struct UpdateStrategy: Codable, Sendable, Hashable, Configurable {
    /// RollingOrdered updates one pod at a time in ordinal order, each Ready before the next. RollingParallel updates up to
    /// maxUnavailable pods at once. BlueGreen brings up a complete second set, then switches the Service to it. Parallel is
    /// what RollingOrdered is, with a warning: it has been removed.
    /// +default=RollingOrdered
    public var type: UpdateStrategyType?
    /// How many pods, or which share of them, may be unavailable during RollingParallel. 1 by default.
    public var maxUnavailable: IntOrString?
    /// How many pods of the new version must be Ready for the Service to switch (BlueGreen, rollback) or to be made (rolling
    /// strategies). 0 or absent means all of them.
    /// +minimum=0
    public var minReadyForCutover: Int32?

    public init() {}
}

public enum UpdateStrategyType: String, Codable, Sendable, CaseIterable {
    case rollingOrdered = "RollingOrdered"
    case rollingParallel = "RollingParallel"
    case blueGreen = "BlueGreen"
    /// Removed: treated as RollingOrdered.
    case parallel = "Parallel"
}

/// Whether the previous version is kept after a rollout.
public struct StandbyVersionSpec: Codable, Sendable, Hashable, Configurable {
    /// Whether it is kept.
    /// +default=false
    public var enabled: Bool?
    /// How long it is kept, in seconds.
    /// +default=900
    /// +minimum=0
    public var retentionPeriodSeconds: Int64?

    public init() {}
}
