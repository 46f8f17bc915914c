public import KubernetesModel

/// The runtime's HTTP API.
public struct HTTPServerSpec: Codable, Sendable, Hashable, Configurable {
    /// The port it listens on. The Service offers it as 8080 (and 8090).
    /// +default=8090
    /// +minimum=1
    /// +maximum=65535
    public var port: Int32?

    public init() {}
}

/// The runtime's Arrow Flight server.
public struct FlightServerSpec: Codable, Sendable, Hashable, Configurable {
    /// The port it listens on. The Service offers it as 50051.
    /// +default=50051
    /// +minimum=1
    /// +maximum=65535
    public var port: Int32?

    public init() {}
}

/// The runtime's Prometheus metrics server.
public struct MetricsServerSpec: Codable, Sendable, Hashable, Configurable {
    /// The port it listens on. The Service offers it as 9090.
    /// +default=9090
    /// +minimum=1
    /// +maximum=65535
    public var port: Int32?

    public init() {}
}

/// The ports the runtime listens on, defaults filled in.
public struct RuntimePorts: Sendable, Hashable, Codable {
    public var http: Int32
    public var flight: Int32
    public var metrics: Int32
}

extension SpicepodSetSpec {
    public var ports: RuntimePorts {
        RuntimePorts(http: http?.port ?? 8090, flight: flight?.port ?? 50051, metrics: metrics?.port ?? 9090)
    }
}

/// The Service in front of the pods.
public struct ServiceToggle: Codable, Sendable, Hashable, Configurable {
    /// Whether there is one.
    /// +default=true
    public var enabled: Bool?

    public init() {}
}

/// The PodDisruptionBudget of the pods.
public struct PodDisruptionBudgetToggle: Codable, Sendable, Hashable, Configurable {
    /// Whether there is one: voluntary disruptions then take at most one pod at a time.
    /// +default=true
    public var enabled: Bool?

    public init() {}
}
