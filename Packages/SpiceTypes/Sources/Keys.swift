/// Labels of the operator.
public enum LabelKey {
    /// The set's name, on everything made for it (v1's `app`).
    public static let app = "spice.ai/app"
    /// The set's name; the informers select by it.
    public static let spicepod = "spice.ai/spicepod"
    /// The start of the version that a workload, pod or ConfigMap belongs to.
    public static let version = "spice.ai/version"
    /// Whether a pod belongs to a workload that is rolled in place (`stable`), to one of a single version
    /// (`versioned`), or to a Deployment (`deployment`).
    public static let layout = "spice.ai/layout"
    public static let cluster = "spice.ai/cluster"
    public static let clusterRole = "spice.ai/cluster-role"
    public static let clusterMTLS = "spice.ai/cluster-mtls"
    public static let component = "spice.ai/component"

    public static let reserved: Set<String> = [app, spicepod, version, cluster, clusterRole, clusterMTLS, component, layout]
}

/// Annotations of the operator.
public enum AnnotationKey {
    public static let sidecarInjected = "spice.ai/sidecar-injected"
    public static let observedGeneration = "spice.ai/observed-generation"
    public static let validationLevel = "spice.ai/validation-level"
    /// The pod template that a version was born with, on its ConfigMap.
    public static let podTemplate = "spice.ai/pod-template"
    /// How often the pods of a version have failed, on its ConfigMap.
    public static let failures = "spice.ai/failures"
    /// The full version on an object whose label holds only its start.
    public static let fullVersion = "spice.ai/version-sha"

    /// The volume claim templates that a version was born with, on its ConfigMap.
    public static let claimTemplates = "spice.ai/volume-claim-templates"
    /// What a set remembers of its rollouts, on its headless Service.
    public static let rollout = "spice.ai/rollout"
    /// `"true"` on a SpicepodSet rolls back and holds until the spec changes.
    public static let rollback = "spice.ai/rollback"
    /// What the other versions of the API cannot hold, on a converted object.
    public static let conversion = "spice.ai/conversion"

    /// Any new value on a SpicepodCluster replaces the key of its root CA.
    public static let rotateCA = "spice.ai/rotate-ca"
    /// How many pods its cluster wants of a child set: tells a set that was paused from one that is wanted empty.
    public static let clusterReplicas = "spice.ai/cluster-replicas"

    public static let reserved: Set<String> = [
        sidecarInjected, observedGeneration, validationLevel, podTemplate, fullVersion, claimTemplates, rollout, rollback,
        failures, conversion, rotateCA, clusterReplicas,
    ]
}

/// Keys that users may set neither as labels nor as annotations (SpicepodSet page, Annotations and Labels).
public enum ReservedKey {
    public static func contains(_ key: String) -> Bool { LabelKey.reserved.contains(key) || AnnotationKey.reserved.contains(key) }
}

/// What a child object is for (`spice.ai/component`).
public enum Component: String, Sendable {
    case runtime, configuration, network, identity, certificate
}
