// swift-format-ignore-file: AlwaysUseLowerCamelCase
// Only the CRD is made of these types: what v1 says is converted as a tree, never decoded. The names are those of the manifests, in
// both dialects.

public import JSON
public import KubernetesModel
public import SpiceTypes

/// # Deprecated: use spice.ai/v2. What is wanted of a SpicepodSet, in the two notations of spice.ai/v1, snake_case and camelCase.
/// Where both are given, camelCase counts.
public struct SpicepodSetSpecV1: Decodable {
    /// # Deprecated: the same in spice.ai/v2. How many pods run; 0 pauses the set.
    /// +minimum=0
    /// +maximum=10000
    public var replicas: Int32?
    /// # Deprecated: an object in spice.ai/v2. The Spicepod, as an object or as a string of YAML.
    /// +required
    /// +preserveUnknownFields
    /// +anyType
    public var spicepod: JSONValue?

    /// # Deprecated: image.repository holds registry and name in spice.ai/v2. The runtime's container image.
    public var image: ImageV1?
    /// # Deprecated: the first part of image.repository in spice.ai/v2. The registry, Docker Hub when absent.
    public var spiceai_image_registry: String?
    /// # Deprecated: the rest of image.repository in spice.ai/v2. The image's name, spiceai/spiceai when absent.
    public var spiceai_image_name: String?
    /// # Deprecated: image.tag in spice.ai/v2. The tag, latest-models when absent.
    public var spiceai_image_tag: String?
    /// # Deprecated: image.pullSecret in spice.ai/v2. A Secret with credentials for a private registry.
    public var spiceai_image_pull_secret: String?

    /// # Deprecated: http.port in spice.ai/v2. The port of the HTTP API.
    /// +minimum=1
    /// +maximum=65535
    public var httpPort: Int32?
    /// # Deprecated: flight.port in spice.ai/v2. The port of the Arrow Flight server.
    /// +minimum=1
    /// +maximum=65535
    public var flightPort: Int32?
    /// # Deprecated: metrics.port in spice.ai/v2. The port of the Prometheus metrics server.
    /// +minimum=1
    /// +maximum=65535
    public var metricsPort: Int32?
    /// # Deprecated: http.port, flight.port and metrics.port in spice.ai/v2. The ports of the runtime.
    public var spiced: SpicedV1?

    /// # Deprecated: the same in spice.ai/v2. CPU and memory of the container.
    public var resources: ResourceRequirements?
    /// # Deprecated: the same in spice.ai/v2. Environment variables of the container.
    /// +listType=map
    /// +listMapKey=name
    public var env: [EnvVar]?
    /// # Deprecated: the same in spice.ai/v2. ConfigMaps and Secrets whose keys become environment variables.
    public var envFromSource: [EnvFromSource]?
    /// # Deprecated: envFromSource in spice.ai/v2.
    public var env_from_source: [EnvFromSource]?
    /// # Deprecated: the volumeClaimTemplates entry named data in spice.ai/v2. A volume for each pod, mounted at /data.
    public var volume: VolumeV1?

    /// # Deprecated: the same in spice.ai/v2. The ServiceAccount of the pods.
    public var serviceAccount: ServiceAccountSpec?
    /// # Deprecated: serviceAccount in spice.ai/v2.
    public var service_account: ServiceAccountSpec?

    /// # Deprecated: the same in spice.ai/v2, without Parallel. How a change reaches the pods.
    public var updateStrategy: UpdateStrategyV1?
    /// # Deprecated: updateStrategy in spice.ai/v2.
    public var update_strategy: UpdateStrategyV1?
    /// # Deprecated: standbyVersion in spice.ai/v2. Whether the previous version is kept after a rollout.
    public var instantRollback: InstantRollbackV1?

    /// # Deprecated: service.enabled in spice.ai/v2. Whether there is a Service in front of the pods; true when absent.
    public var enableService: Bool?
    /// # Deprecated: service.enabled in spice.ai/v2.
    public var enable_service: Bool?
    /// # Deprecated: the same in spice.ai/v2. Network policy and DNS of the pods.
    public var network: NetworkSpec?
    /// # Deprecated: network.egress in spice.ai/v2. Rules for outgoing traffic.
    public var egress: [NetworkPolicyEgressRule]?
    /// # Deprecated: network.ingress in spice.ai/v2. Rules for incoming traffic.
    public var ingress: [NetworkPolicyIngressRule]?
    /// # Deprecated: network.dnsPolicy in spice.ai/v2. DNS policy of the pods.
    public var dnsPolicy: DNSPolicy?
    /// # Deprecated: network.dnsConfig in spice.ai/v2. DNS settings of the pods.
    public var dnsConfig: PodDNSConfig?

    /// # Deprecated: the same in spice.ai/v2. Annotations of everything made for the set.
    public var annotations: [String: String]?
    /// # Deprecated: the same in spice.ai/v2. Labels of everything made for the set.
    public var labels: [String: String]?
    /// # Deprecated: the same in spice.ai/v2. Timings of the health probes.
    public var probes: ProbesSpec?
    /// # Deprecated: the same in spice.ai/v2. Rules on the nodes that the pods run on.
    public var nodeAffinity: NodeAffinity?
    /// # Deprecated: the same in spice.ai/v2. Taints that the pods tolerate.
    public var tolerations: [Toleration]?
    /// # Deprecated: the same in spice.ai/v2. How long a pod may take to stop, in seconds.
    /// +minimum=0
    public var terminationGracePeriodSeconds: Int64?
}
