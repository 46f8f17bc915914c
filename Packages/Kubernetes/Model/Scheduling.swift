/// Rules on the nodes that pods may or should run on.
public struct NodeAffinity: Codable, Sendable, Hashable, Configurable {
    /// A node must satisfy this for a pod to be placed on it.
    public var requiredDuringSchedulingIgnoredDuringExecution: NodeSelector?
    /// Nodes that satisfy these are preferred, by weight.
    public var preferredDuringSchedulingIgnoredDuringExecution: [PreferredSchedulingTerm]?

    public init() {}
}

/// Terms of which one must match.
public struct NodeSelector: Codable, Sendable, Hashable {
    /// The terms; one of them must match.
    public var nodeSelectorTerms: [NodeSelectorTerm]
}

/// Requirements that must all hold.
public struct NodeSelectorTerm: Codable, Sendable, Hashable {
    /// Requirements on the node's labels.
    public var matchExpressions: [NodeSelectorRequirement]?
    /// Requirements on the node's fields.
    public var matchFields: [NodeSelectorRequirement]?
}

/// One requirement on a node's label or field.
public struct NodeSelectorRequirement: Codable, Sendable, Hashable {
    /// The label's key or the field's name.
    public var key: String
    /// How it relates to the values: In, NotIn, Exists, DoesNotExist, Gt or Lt.
    public var `operator`: String
    /// The values.
    public var values: [String]?
}

/// A node selector term with a weight.
public struct PreferredSchedulingTerm: Codable, Sendable, Hashable {
    /// How much a matching node is preferred.
    /// +minimum=1
    /// +maximum=100
    public var weight: Int32
    /// The term.
    public var preference: NodeSelectorTerm
}

/// A taint that pods tolerate.
public struct Toleration: Codable, Sendable, Hashable, Configurable {
    /// The taint's key; empty with operator Exists means every taint.
    public var key: String?
    /// How the value is compared: Equal (the default) or Exists.
    public var `operator`: String?
    /// The taint's value, for Equal.
    public var value: String?
    /// NoSchedule, PreferNoSchedule or NoExecute; empty means every effect.
    public var effect: String?
    /// How long a NoExecute taint is tolerated, in seconds; for ever when absent.
    public var tolerationSeconds: Int64?

    public init() {}
}

/// DNS settings of pods.
public struct PodDNSConfig: Codable, Sendable, Hashable, Configurable {
    /// Name servers' IP addresses.
    public var nameservers: [String]?
    /// Search domains.
    public var searches: [String]?
    /// Resolver options, such as ndots.
    public var options: [PodDNSConfigOption]?

    public init() {}
}

/// A resolver option.
public struct PodDNSConfigOption: Codable, Sendable, Hashable {
    /// The option's name.
    public var name: String?
    /// Its value.
    public var value: String?
}
