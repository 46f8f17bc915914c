public import JSON
public import KubernetesModel

extension ResourceType {
    public static let spicepodSets = ResourceType(group: "spice.ai", version: "v2", plural: "spicepodsets", kind: "SpicepodSet")
}

/// Spicepod replicas: a Spice runtime deployed, rolled, scaled and watched over by the operator.
public struct SpicepodSet: Codable, Sendable, Hashable {
    public var metadata: ObjectMeta
    /// What is wanted.
    public var spec: SpicepodSetSpec
    /// What is.
    public var status: SpicepodSetStatus?

    public init(metadata: ObjectMeta, spec: SpicepodSetSpec, status: SpicepodSetStatus? = nil) {
        self.metadata = metadata
        self.spec = spec
        self.status = status
    }
}

/// What is wanted of a SpicepodSet.
/// +cel=(has(self.http) && has(self.http.port) ? self.http.port : 8090) != (has(self.flight) && has(self.flight.port) ? self.flight.port : 50051) && (has(self.http) && has(self.http.port) ? self.http.port : 8090) != (has(self.metrics) && has(self.metrics.port) ? self.metrics.port : 9090) && (has(self.flight) && has(self.flight.port) ? self.flight.port : 50051) != (has(self.metrics) && has(self.metrics.port) ? self.metrics.port : 9090)
/// +celMessage=http.port, flight.port and metrics.port must be three different ports
/// +cel=has(self.spicepod) || (has(self.cluster) && self.cluster.role == 'executor')
/// +celMessage=write the Spicepod as an object here; only the executors of a SpicepodCluster have none, they fetch it from the schedulers
/// +celFieldPath=.spicepod
/// +celReason=FieldValueRequired
public struct SpicepodSetSpec: Codable, Sendable, Hashable, Configurable {
    /// How many pods run. 0 pauses the set: its Service, ConfigMap, ServiceAccount and NetworkPolicy stay.
    /// +default=1
    /// +minimum=0
    /// +maximum=10000
    public var replicas: Int32?
    /// The Spicepod (datasets, catalogs, models, views, …), kept as it is. It becomes a ConfigMap mounted at
    /// /app/spicepod.yaml; changing it rolls the pods. Required, except of the executors of a SpicepodCluster.
    /// +preserveUnknownFields
    public var spicepod: JSONValue?
    /// The runtime's container image.
    public var image: ContainerImage?
    /// The HTTP API, which the health probes use too.
    /// +default={}
    public var http: HTTPServerSpec?
    /// The Arrow Flight server.
    /// +default={}
    public var flight: FlightServerSpec?
    /// The Prometheus metrics server.
    /// +default={}
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
    /// How a change reaches the pods.
    /// +default={}
    public var updateStrategy: UpdateStrategy?
    /// Whether the previous version is kept after a rollout, so that it can take over again at once.
    public var standbyVersion: StandbyVersionSpec?
    /// The Service in front of the pods.
    public var service: ServiceToggle?
    /// Network policy and DNS of the pods.
    public var network: NetworkSpec?
    /// Annotations of everything made for the set. A change rolls the pods.
    public var annotations: [String: String]?
    /// Labels of everything made for the set. A change rolls the pods.
    public var labels: [String: String]?
    /// Timings of the health probes.
    public var probes: ProbesSpec?
    /// Rules on the nodes that the pods run on.
    public var nodeAffinity: NodeAffinity?
    /// Taints that the pods tolerate.
    public var tolerations: [Toleration]?
    /// How long a pod may take to stop, in seconds. Keep it above the runtime's `shutdown_timeout`.
    /// +minimum=0
    public var terminationGracePeriodSeconds: Int64?
    /// How long a rollout may go without progress, in seconds, before the Progressing condition turns False.
    /// +default=600
    /// +minimum=1
    public var progressDeadlineSeconds: Int32?
    /// The PodDisruptionBudget of the pods. There is one where more than one pod is wanted.
    public var podDisruptionBudget: PodDisruptionBudgetToggle?
    /// The set's place in a SpicepodCluster. cluster-controller writes it; a set of its own has none.
    public var cluster: ClusterMembership?

    public init() {}
}
