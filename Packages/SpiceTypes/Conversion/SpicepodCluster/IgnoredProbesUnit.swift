extension ConversionUnit {
    /// v1alpha1 takes `probes` of executors, which have none (SpicepodCluster page, Configuration Inheritance), and v2 refuses them.
    static let ignoredProbes = ConversionUnit(
        name: "probes", older: ["probes"], newer: ["probes"], up: { _ in [:] }, down: { $0 })
}
