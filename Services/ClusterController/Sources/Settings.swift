public import SpiceValidation

/// The executable, and everything else that carries the service's name.
public enum ClusterControllerName {
    public static let executable = "cluster-controller"
    /// Of the control loop, in metrics and logs.
    static let controller = "spicepodcluster"
}

/// What the operator's flags say about every cluster.
public struct Settings: Sendable, Hashable {
    /// The cluster's DNS domain.
    public var clusterDomain: String
    /// How strict the rules are where a cluster does not say.
    public var admissionPolicy: ValidationLevel

    public init(clusterDomain: String = "cluster.local", admissionPolicy: ValidationLevel = .err) {
        self.clusterDomain = clusterDomain
        self.admissionPolicy = admissionPolicy
    }
}
