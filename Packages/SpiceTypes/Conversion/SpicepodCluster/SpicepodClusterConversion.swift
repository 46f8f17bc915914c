import JSON
import SpiceTypes

/// SpicepodCluster `spice.ai/v1alpha1` ⇄ `spice.ai/v2`. The nodes of a role are converted by the units of a SpicepodSet, each
/// role with a memory of its own.
enum SpicepodClusterConversion {
    static let table = KindConversion(
        kind: "SpicepodCluster", older: "spice.ai/v1alpha1", newer: "spice.ai/v2",
        parts: [
            // moves the nodes, so it comes before they are converted
            ConvertedPart(
                "spec",
                [.moved("schedulerSetSpec", to: "schedulerSpec"), .moved("executorSetSpec", to: "executorSpec")],
                schema: nil),
            ConvertedPart(older: "schedulerSetSpec", newer: "schedulerSpec", nodes, schema: schema?["spec"]),
            ConvertedPart(older: "executorSetSpec", newer: "executorSpec", nodes + [.ignoredProbes], schema: schema?["spec"]),
            ConvertedPart("status", status, schema: schema?["status"]),
        ])

    private static let nodes =
        SpicepodSetConversion.pods + [.newerOnly("newInV2", ["volumeMounts", "progressDeadlineSeconds", "podDisruptionBudget"])]

    private static let status: [ConversionUnit] = [
        .fields(
            "rootCertificate",
            [.init("rootCertificateSecretName", "rootSecretName"), .init("rootCertificateExpiresAt", "rootExpiresAt")]),
        .error,
    ]

    private static let schema = StoredSchema.properties(of: GeneratedCRDs.spicepodClusters)
}
