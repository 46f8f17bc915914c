/// What the operator's flags say about every set.
public struct Settings: Sendable, Hashable {
    /// The cluster's DNS domain.
    public var clusterDomain: String
    /// Merged into the generated Spicepod under `runtime.telemetry.properties`; the user's keys win.
    public var telemetryProperties: [String: String]

    public init(clusterDomain: String = "cluster.local", telemetryProperties: [String: String] = [:]) {
        self.clusterDomain = clusterDomain
        self.telemetryProperties = telemetryProperties
    }
}
