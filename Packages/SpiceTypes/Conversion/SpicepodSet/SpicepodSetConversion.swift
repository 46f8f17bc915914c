import JSON
import SpiceTypes

/// SpicepodSet `spice.ai/v1` ⇄ `spice.ai/v2`, field by field (*Migrating from spice.ai/v1* on the SpicepodSet page).
///
/// v1 has two dialects, snake_case and camelCase, which may be mixed. Where both spellings are given camelCase counts.
enum SpicepodSetConversion {
    static let table = KindConversion(
        kind: "SpicepodSet", older: "spice.ai/v1", newer: "spice.ai/v2",
        parts: [
            ConvertedPart("spec", spec, schema: schema?["spec"]),
            ConvertedPart("status", status, schema: schema?["status"]),
        ])

    /// What every spec of pods has, the nodes of a cluster too.
    static let pods: [ConversionUnit] = [
        .spicepod,
        .image,
        .fields(
            "ports",
            [
                .init("http.port", "httpPort", "spiced.http_port"),
                .init("flight.port", "flightPort", "spiced.flight_port"),
                .init("metrics.port", "metricsPort", "spiced.metrics_port"),
            ]),
        .fields("envFromSource", [.init("envFromSource", "envFromSource", "env_from_source")]),
        .volume,
        .reservedKeys,
        .fields(
            "serviceAccount",
            ["enabled", "create", "name", "annotations"].map {
                .init("serviceAccount.\($0)", "serviceAccount.\($0)", "service_account.\($0)")
            }),
        .fields(
            "updateStrategy",
            [
                .init(
                    "updateStrategy.type", "updateStrategy.type", "update_strategy.type",
                    renamed: ["Parallel": "RollingOrdered"]),
                .init(
                    "updateStrategy.maxUnavailable", "updateStrategy.maxUnavailable", "updateStrategy.max_unavailable",
                    "update_strategy.maxUnavailable", "update_strategy.max_unavailable"),
                .init(
                    "updateStrategy.minReadyForCutover", "updateStrategy.minReadyForCutover",
                    "update_strategy.minReadyForCutover"),
            ]),
        .fields("network", ["egress", "ingress", "dnsPolicy", "dnsConfig"].map { .init("network.\($0)", "network.\($0)", $0) }),
    ]

    private static let spec: [ConversionUnit] =
        pods + [
            .fields(
                "standbyVersion",
                ["enabled", "retentionPeriodSeconds"].map { .init("standbyVersion.\($0)", "instantRollback.\($0)") }),
            .fields("service", [.init("service.enabled", "enableService", "enable_service")]),
            .newerOnly("newInV2", ["volumeMounts", "progressDeadlineSeconds", "podDisruptionBudget", "cluster"]),
        ]

    private static let status: [ConversionUnit] = [.standbyExpiresAt]

    private static let schema = StoredSchema.properties(of: GeneratedCRDs.spicepodSets)
}
