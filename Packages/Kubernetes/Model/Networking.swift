/// Traffic let in.
public struct NetworkPolicyIngressRule: Codable, Sendable, Hashable {
    /// The ports; all of them when empty.
    public var ports: [NetworkPolicyPort]?
    /// The sources; all of them when empty.
    public var from: [NetworkPolicyPeer]?
}

/// Traffic let out.
public struct NetworkPolicyEgressRule: Codable, Sendable, Hashable {
    /// The ports; all of them when empty.
    public var ports: [NetworkPolicyPort]?
    /// The destinations; all of them when empty.
    public var to: [NetworkPolicyPeer]?
}

/// A port or a range of ports.
public struct NetworkPolicyPort: Codable, Sendable, Hashable {
    /// TCP (the default), UDP or SCTP.
    public var `protocol`: String?
    /// The port's number or name; all ports when absent.
    public var port: IntOrString?
    /// The last port of a range that begins at `port`.
    public var endPort: Int32?
}

/// Who is at the other end.
public struct NetworkPolicyPeer: Codable, Sendable, Hashable {
    /// Pods, in this namespace or in those of `namespaceSelector`.
    public var podSelector: LabelSelector?
    /// Namespaces.
    public var namespaceSelector: LabelSelector?
    /// Addresses; not together with the selectors.
    public var ipBlock: IPBlock?
}

/// A range of addresses.
public struct IPBlock: Codable, Sendable, Hashable {
    /// The range, such as 10.0.0.0/8.
    public var cidr: String
    /// Ranges inside it that are left out.
    public var except: [String]?
}

public struct NetworkPolicySpec: Codable, Sendable, Hashable, Configurable {
    public var podSelector = LabelSelector()
    public var policyTypes: [String]?
    public var ingress: [NetworkPolicyIngressRule]?
    public var egress: [NetworkPolicyEgressRule]?

    public init() {}
}

public struct ServiceSpec: Codable, Sendable, Hashable, Configurable {
    public var type: String?
    public var clusterIP: String?
    public var selector: [String: String]?
    public var ports: [ServicePort]?
    public var publishNotReadyAddresses: Bool?

    public init() {}
}

public struct ServicePort: Codable, Sendable, Hashable {
    public var name: String
    public var port: Int32
    public var targetPort: IntOrString
    public var `protocol`: String

    public init(name: String, port: Int32, targetPort: IntOrString) {
        self.name = name
        self.port = port
        self.targetPort = targetPort
        `protocol` = "TCP"  // part of the list's merge key, so it is never left to the default
    }
}
