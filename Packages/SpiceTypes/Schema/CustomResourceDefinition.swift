public import JSON
import SpiceTypes
import SpiceTypesV1

/// The CustomResourceDefinitions of the suite.
public enum CustomResourceDefinitions {
    public static func spicepodSets(docs: SourceDocs) throws -> JSONValue {
        [
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
                "conversion": conversion,
                "versions": [try v2(docs), try v1(docs)],
            ],
        ]
    }

    /// No `caBundle`: whoever issues the serving certificate writes it, and an apply of this definition must not take it away.
    private static let conversion: JSONValue = [
        "strategy": "Webhook",
        "webhook": [
            "conversionReviewVersions": ["v1"],
            "clientConfig": [
                "service": [
                    "name": "set-controller-webhook", "namespace": "spiceai-operator-system", "path": "/convert", "port": 443,
                ]
            ],
        ],
    ]

    private static func v2(_ docs: SourceDocs) throws -> JSONValue {
        [
            "name": "v2", "served": true, "storage": true,
            "subresources": subresources,
            "additionalPrinterColumns": printerColumns,
            "schema": ["openAPIV3Schema": root(try SchemaBuilder(docs: docs).schema(of: Root.self))],
        ]
    }

    private static func v1(_ docs: SourceDocs) throws -> JSONValue {
        var schema = root(try SchemaBuilder(docs: docs, hasDefaults: false).schema(of: RootV1.self))
        schema["description"] = .string("# Deprecated: use spice.ai/v2. \(schema["description"]?.stringValue ?? "")")
        for (name, field) in schema[path: "properties", "status", "properties"]?.objectValue ?? [:] {
            let description = field["description"]?.stringValue ?? ""
            schema[path: "properties", "status", "properties", name, "description"] = .string(
                "# Deprecated: the same in spice.ai/v2. \(description)")
        }
        schema[path: "properties", "status", "properties", "standbyExpiresAt"] = [
            "type": "integer", "format": "int64",
            "description":
                "# Deprecated: an RFC 3339 time in spice.ai/v2. When the standby's pods are reclaimed, in seconds since 1970.",
        ]
        return [
            "name": "v1", "served": true, "storage": false,
            "deprecated": true,
            "deprecationWarning":
                "spice.ai/v1 SpicepodSet is deprecated: use spice.ai/v2; `spiceai-operator convert` rewrites manifests",
            "subresources": subresources,
            "additionalPrinterColumns": printerColumns,
            "schema": ["openAPIV3Schema": schema],
        ]
    }

    private static let subresources: JSONValue = [
        "status": [:],
        "scale": [
            "specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.totalReplicas",
            "labelSelectorPath": ".status.selector",
        ],
    ]

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

    private static func root(_ schema: JSONValue) -> JSONValue {
        var schema = schema
        // the API server owns it; it refuses schemas that say more of it
        schema[path: "properties", "metadata"] = ["type": "object"]
        schema["required"] = ["spec"]
        schema["description"] = "Spicepod replicas: a Spice runtime deployed, rolled, scaled and watched over by the operator."
        return schema
    }

    private struct Root: Decodable {
        var spec: SpicepodSetSpec
        var status: SpicepodSetStatus?
    }

    private struct RootV1: Decodable {
        var spec: SpicepodSetSpecV1
        var status: SpicepodSetStatus?
    }
}
