/// What the operator's flags say about every set.
public struct Settings: Sendable, Hashable {
    /// The cluster's DNS domain.
    public var clusterDomain: String
    /// Merged into the generated Spicepod under `runtime.telemetry.properties`; the user's keys win.
    public var telemetryProperties: [String: String]

    /// Sets that one Deployment can run get one, instead of a StatefulSet.
    public var adaptiveDeployment: Bool

    public init(
        clusterDomain: String = "cluster.local", telemetryProperties: [String: String] = [:], adaptiveDeployment: Bool = false
    ) {
        self.clusterDomain = clusterDomain
        self.telemetryProperties = telemetryProperties
        self.adaptiveDeployment = adaptiveDeployment
    }
}
