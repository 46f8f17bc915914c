public import JSON
import SpiceTypes

/// The CustomResourceDefinitions of the suite.
public enum CustomResourceDefinitions {
    public static func spicepodSets(docs: SourceDocs) throws -> JSONValue {
        let builder = SchemaBuilder(docs: docs)
        return [
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": [
                "name": "spicepodsets.spice.ai",
                "labels": ["spice.ai/serving-certificate": "set-controller-webhook-tls"],
            ],
            "spec": [
                "group": "spice.ai",
                "scope": "Namespaced",
                "names": [
                    "kind": "SpicepodSet", "listKind": "SpicepodSetList", "plural": "spicepodsets", "singular": "spicepodset",
                    "shortNames": ["sps"], "categories": ["all", "spice"],
                ],
                "versions": [
                    [
                        "name": "v2", "served": true, "storage": true,
                        "subresources": [
                            "status": [:],
                            "scale": [
                                "specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.totalReplicas",
                                "labelSelectorPath": ".status.selector",
                            ],
                        ],
                        "additionalPrinterColumns": printerColumns,
                        "schema": ["openAPIV3Schema": try root(builder)],
                    ]
                ],
            ],
        ]
    }

    /// `NAME READY ROLE AGE LAST UPDATED`, as the SpicepodSet page shows; the others with `-o wide`.
    private static let printerColumns: JSONValue = [
        column("Ready", "string", ".status.replicas", "Ready and wanted pods."),
        column("Role", "string", ".status.role", "The role in a SpicepodCluster."),
        column("Age", "date", ".metadata.creationTimestamp", "Time since creation."),
        column("Last Updated", "date", ".status.lastUpdated", "Time since the status last changed."),
        column("Status", "string", ".status.conditions[?(@.type=='Ready')].reason", "Why the set is ready or not.", priority: 1),
        column("Strategy", "string", ".spec.updateStrategy.type", "How a change reaches the pods.", priority: 1),
        column("Updated", "integer", ".status.updatedReplicas", "Pods ready with the wanted version.", priority: 1),
        column(
            "Rollout", "string", ".status.conditions[?(@.type=='Progressing')].message", "Where the rollout stands.", priority: 1),
        column("Version", "string", ".status.activeVersion", "The version that receives traffic.", priority: 1),
        column("Message", "string", ".status.conditions[?(@.type=='Ready')].message", "The status as a sentence.", priority: 1),
    ]

    private static func column(_ name: String, _ type: String, _ path: String, _ description: String, priority: Int64 = 0)
        -> JSONValue
    {
        var column: JSONValue = [
            "name": .string(name), "type": .string(type), "jsonPath": .string(path), "description": .string(description),
        ]
        if priority > 0 { column["priority"] = .int(priority) }
        return column
    }

    private static func root(_ builder: SchemaBuilder) throws -> JSONValue {
        var schema = try builder.schema(of: Root.self)
        // the API server owns these three; it refuses schemas that say more of them
        schema[path: "properties", "metadata"] = ["type": "object"]
        schema["required"] = ["spec"]
        schema["description"] = "Spicepod replicas: a Spice runtime deployed, rolled, scaled and watched over by the operator."
        return schema
    }

    private struct Root: Decodable {
        var spec: SpicepodSetSpec
        var status: SpicepodSetStatus?
    }
}
