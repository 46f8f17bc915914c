/// Labels of the operator.
public enum LabelKey {
    /// The set's name, on everything made for it (v1's `app`).
    public static let app = "spice.ai/app"
    /// The set's name; the informers select by it.
    public static let spicepod = "spice.ai/spicepod"
    /// The start of the version that a workload, pod or ConfigMap belongs to.
    public static let version = "spice.ai/version"
    public static let cluster = "spice.ai/cluster"
    public static let clusterRole = "spice.ai/cluster-role"
    public static let clusterMTLS = "spice.ai/cluster-mtls"
    public static let component = "spice.ai/component"

    public static let reserved: Set<String> = [app, spicepod, version, cluster, clusterRole, clusterMTLS, component]
}

/// Annotations of the operator.
public enum AnnotationKey {
    public static let sidecarInjected = "spice.ai/sidecar-injected"
    public static let observedGeneration = "spice.ai/observed-generation"
    public static let validationLevel = "spice.ai/validation-level"
    /// The pod template that a version was born with, on its ConfigMap.
    public static let podTemplate = "spice.ai/pod-template"
    /// The full version on an object whose label holds only its start.
    public static let fullVersion = "spice.ai/version-sha"

    public static let reserved: Set<String> = [
        sidecarInjected, observedGeneration, validationLevel, podTemplate, fullVersion,
    ]
}

/// What a child object is for (`spice.ai/component`).
public enum Component: String, Sendable {
    case runtime, configuration, network, identity, certificate
}
