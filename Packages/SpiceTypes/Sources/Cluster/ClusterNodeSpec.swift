public import JSON
public import KubernetesModel

/// The nodes of one role: the fields of a SpicepodSet that make sense in a cluster.
public struct ClusterNodeSpec: Codable, Sendable, Hashable, Configurable {
    /// How many pods run. 0 pauses this role.
    /// +default=1
    /// +minimum=0
    /// +maximum=10000
    public var replicas: Int32?
    /// The Spicepod of the cluster, for schedulers. Executors fetch it from them.
    /// +preserveUnknownFields
    public var spicepod: JSONValue?
    /// The runtime's container image.
    public var image: ContainerImage?
    /// The HTTP API, which the health probes use too.
    public var http: HTTPServerSpec?
    /// The Arrow Flight server.
    public var flight: FlightServerSpec?
    /// The Prometheus metrics server.
    public var metrics: MetricsServerSpec?
    /// CPU and memory of the container.
    public var resources: ResourceRequirements?
    /// Environment variables of the container.
    /// +listType=map
    /// +listMapKey=name
    public var env: [EnvVar]?
    /// ConfigMaps and Secrets whose keys become environment variables; `${secrets:KEY}` in the Spicepod resolves from them.
    public var envFromSource: [EnvFromSource]?
    /// A PersistentVolumeClaim per entry and pod. The one named `data` is mounted at /data; every other one needs a
    /// volumeMounts entry of its name.
    public var volumeClaimTemplates: [VolumeClaimTemplate]?
    /// Where the container mounts its volumes.
    /// +listType=map
    /// +listMapKey=mountPath
    public var volumeMounts: [VolumeMount]?
    /// The ServiceAccount of the pods.
    public var serviceAccount: ServiceAccountSpec?
    /// How a change reaches the pods. With RollingOrdered, the default, one pod at a time is away.
    public var updateStrategy: UpdateStrategy?
    /// Network policy and DNS of the pods.
    public var network: NetworkSpec?
    /// Annotations of everything made for the nodes. A change rolls the pods.
    public var annotations: [String: String]?
    /// Labels of everything made for the nodes. A change rolls the pods.
    public var labels: [String: String]?
    /// Timings of the health probes, for schedulers.
    public var probes: ProbesSpec?
    /// Rules on the nodes that the pods run on.
    public var nodeAffinity: NodeAffinity?
    /// Taints that the pods tolerate.
    public var tolerations: [Toleration]?
    /// How long a pod may take to stop, in seconds. Keep it above the runtime's `shutdown_timeout`.
    /// +minimum=0
    public var terminationGracePeriodSeconds: Int64?
    /// How long a rollout may go without progress, in seconds, before the Progressing condition turns False; 600 by default.
    /// +minimum=1
    public var progressDeadlineSeconds: Int32?
    /// The PodDisruptionBudget of the pods. There is one where more than one pod is wanted.
    public var podDisruptionBudget: PodDisruptionBudgetToggle?
    /// Addresses inside the cluster that are to be others than the operator's own choice.
    public var cluster: NodeClusterConfig?

    public init() {}
}

/// Addresses inside the cluster. Identity, role, certificates and discovery are the operator's.
public struct NodeClusterConfig: Codable, Sendable, Hashable, Configurable {
    /// Where a node listens for the others, as IP address and port; 0.0.0.0:50052 by default. The discovery Service follows the
    /// schedulers'.
    /// +cel=self.matches('^.+:[0-9]{1,5}$')
    /// +celMessage=has no port; write an IP address and a port, such as 0.0.0.0:50052
    public var bindAddress: String?
    /// The URL at which executors find the schedulers, instead of the discovery Service. For executors only; the schedulers'
    /// certificates name its host.
    /// +cel=self.startsWith('https://') || self.startsWith('http://')
    /// +celMessage=is no URL; write https://host:50052, or http://host:50052 where the nodes talk without mutual TLS
    public var schedulerAddress: String?

    public init() {}
}
