public import SpiceValidation

/// What the operator's flags say about every set.
public struct Settings: Sendable, Hashable {
    /// The cluster's DNS domain.
    public var clusterDomain: String
    /// Merged into the generated Spicepod under `runtime.telemetry.properties`; the user's keys win.
    public var telemetryProperties: [String: String]
    /// A version whose pods have failed more often than this is stopped; 0 never stops one.
    public var crashloopThreshold: Int

    /// Sets that one Deployment can run get one, instead of a StatefulSet.
    public var adaptiveDeployment: Bool
    /// How strict the rules are where a set does not say.
    public var admissionPolicy: ValidationLevel

    public init(
        clusterDomain: String = "cluster.local", telemetryProperties: [String: String] = [:], crashloopThreshold: Int = 10,
        adaptiveDeployment: Bool = false, admissionPolicy: ValidationLevel = .err
    ) {
        self.clusterDomain = clusterDomain
        self.telemetryProperties = telemetryProperties
        self.crashloopThreshold = crashloopThreshold
        self.adaptiveDeployment = adaptiveDeployment
        self.admissionPolicy = admissionPolicy
    }
}
