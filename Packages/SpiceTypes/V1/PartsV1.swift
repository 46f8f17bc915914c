// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import KubernetesModel
public import SpiceTypes

/// # Deprecated: image in spice.ai/v2, with registry and name in one. A container image.
public struct ImageV1: Decodable {
    /// # Deprecated: the first part of image.repository in spice.ai/v2. The registry, Docker Hub when absent.
    public var registry: String?
    /// # Deprecated: the rest of image.repository in spice.ai/v2. The name, spiceai/spiceai when absent.
    public var name: String?
    /// # Deprecated: image.tag in spice.ai/v2. The tag, latest-models when absent.
    public var tag: String?
    /// # Deprecated: image.pullPolicy in spice.ai/v2. Always for the tag latest, else IfNotPresent.
    public var pullPolicy: ImagePullPolicy?
    /// # Deprecated: image.pullSecret in spice.ai/v2. A Secret with credentials for a private registry.
    public var pullSecret: String?
}

/// # Deprecated: http, flight and metrics in spice.ai/v2. Ports of the runtime.
public struct SpicedV1: Decodable {
    /// # Deprecated: http.port in spice.ai/v2. The port of the HTTP API.
    /// +minimum=1
    /// +maximum=65535
    public var http_port: Int32?
    /// # Deprecated: flight.port in spice.ai/v2. The port of the Arrow Flight server.
    /// +minimum=1
    /// +maximum=65535
    public var flight_port: Int32?
    /// # Deprecated: metrics.port in spice.ai/v2. The port of the Prometheus metrics server.
    /// +minimum=1
    /// +maximum=65535
    public var metrics_port: Int32?
}

/// # Deprecated: an entry of volumeClaimTemplates in spice.ai/v2. A volume for each pod, mounted at /data.
public struct VolumeV1: Decodable {
    /// # Deprecated: spec.storageClassName of the entry in spice.ai/v2. The StorageClass.
    public var storageClassName: String?
    /// # Deprecated: spec.resources.requests.storage of the entry in spice.ai/v2. How much storage is asked for.
    public var storageRequests: Quantity?
    /// # Deprecated: spec.storageClassName of the volumeClaimTemplates entry in spice.ai/v2.
    public var storage_class_name: String?
    /// # Deprecated: spec.resources.requests.storage of the volumeClaimTemplates entry in spice.ai/v2.
    public var storage_requests: Quantity?
}

/// # Deprecated: updateStrategy in spice.ai/v2, without Parallel. How a change reaches the pods.
public struct UpdateStrategyV1: Decodable {
    /// # Deprecated: updateStrategy.type in spice.ai/v2, where Parallel has become RollingOrdered. RollingOrdered when absent.
    public var type: UpdateStrategyType?
    /// # Deprecated: updateStrategy.maxUnavailable in spice.ai/v2. How many pods may be unavailable during RollingParallel.
    public var maxUnavailable: IntOrString?
    /// # Deprecated: updateStrategy.minReadyForCutover in spice.ai/v2. How many new pods must be Ready for the switch.
    /// +minimum=0
    public var minReadyForCutover: Int32?
    /// # Deprecated: updateStrategy.maxUnavailable in spice.ai/v2.
    public var max_unavailable: IntOrString?
}

/// # Deprecated: standbyVersion in spice.ai/v2. Whether the previous version is kept after a rollout.
public struct InstantRollbackV1: Decodable {
    /// # Deprecated: standbyVersion.enabled in spice.ai/v2. Whether it is kept.
    public var enabled: Bool?
    /// # Deprecated: standbyVersion.retentionPeriodSeconds in spice.ai/v2. How long it is kept, in seconds; 900 when absent.
    /// +minimum=0
    public var retentionPeriodSeconds: Int64?
}
