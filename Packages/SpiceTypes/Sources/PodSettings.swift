public import KubernetesModel

/// A claim made for every pod.
public struct VolumeClaimTemplate: Codable, Sendable, Hashable, Configurable {
    /// Name, labels and annotations of the claim.
    public var metadata: VolumeClaimMetadata?
    /// What the claim asks for. Raising `resources.requests.storage` grows existing volumes where their StorageClass allows it.
    public var spec = PersistentVolumeClaimSpec()

    public init() {}

    public var name: String { metadata?.name ?? "data" }
}

/// Metadata of a claim.
public struct VolumeClaimMetadata: Codable, Sendable, Hashable, Configurable {
    /// The volume's name in the pod.
    /// +default=data
    /// +maxLength=63
    public var name: String?
    /// Labels of the claim.
    public var labels: [String: String]?
    /// Annotations of the claim.
    public var annotations: [String: String]?

    public init() {}
}

/// The ServiceAccount of the pods.
/// +cel=!(has(self.enabled) && self.enabled) || (has(self.create) && self.create) || has(self.name)
/// +celMessage=name is required when enabled is true and create is false: name an existing ServiceAccount or set create to true
/// +celFieldPath=.name
public struct ServiceAccountSpec: Codable, Sendable, Hashable, Configurable {
    /// Whether the pods run under a ServiceAccount of their own.
    /// +default=false
    public var enabled: Bool?
    /// Whether the operator makes it, together with a Role and a RoleBinding.
    /// +default=false
    public var create: Bool?
    /// Its name; the set's name by default. Required when create is false.
    /// +minLength=1
    /// +maxLength=253
    public var name: String?
    /// Annotations of the ServiceAccount alone, such as eks.amazonaws.com/role-arn.
    public var annotations: [String: String]?

    public init() {}
}

/// Network policy and DNS of the pods.
public struct NetworkSpec: Codable, Sendable, Hashable, Configurable {
    /// Rules of a NetworkPolicy for incoming traffic, used verbatim. Without ingress and egress there is no NetworkPolicy.
    public var ingress: [NetworkPolicyIngressRule]?
    /// Rules for outgoing traffic, used verbatim. Most clusters need one for DNS (port 53, UDP and TCP).
    public var egress: [NetworkPolicyEgressRule]?
    /// DNS policy of the pods: ClusterFirst (the default), ClusterFirstWithHostNet, Default or None.
    public var dnsPolicy: DNSPolicy?
    /// DNS settings of the pods; required for dnsPolicy None.
    public var dnsConfig: PodDNSConfig?

    public init() {}
}

public enum DNSPolicy: String, Codable, Sendable, CaseIterable {
    case clusterFirst = "ClusterFirst"
    case clusterFirstWithHostNet = "ClusterFirstWithHostNet"
    case `default` = "Default"
    case none = "None"
}

/// Timings of the health probes.
public struct ProbesSpec: Codable, Sendable, Hashable, Configurable {
    /// Restarts the container when the runtime stops answering /health.
    public var liveness: ProbeTimings?
    /// Takes the pod out of the Service while /v1/ready says no.
    public var readiness: ProbeTimings?
    /// Holds the liveness probe back until the runtime first answers /health.
    public var startup: ProbeTimings?

    public init() {}
}

/// Timings of one probe.
public struct ProbeTimings: Codable, Sendable, Hashable, Configurable {
    /// Seconds before the first probe.
    /// +minimum=0
    public var initialDelaySeconds: Int32?
    /// Seconds a probe may take.
    /// +minimum=1
    public var timeoutSeconds: Int32?
    /// Seconds between probes.
    /// +minimum=1
    public var periodSeconds: Int32?
    /// Successes in a row after which the probe passes again.
    /// +minimum=1
    public var successThreshold: Int32?
    /// Failures in a row after which the probe fails.
    /// +minimum=1
    public var failureThreshold: Int32?

    public init() {}
}
