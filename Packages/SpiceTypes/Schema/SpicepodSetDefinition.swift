import JSON
import SpiceTypes
import SpiceTypesV1

extension CustomResourceDefinitions {
    static func spicepodSets(docs: SourceDocs) throws -> JSONValue {
        definition(
            kind: "SpicepodSet", shortName: "sps", service: "set-controller",
            versions: [
                stored(
                    "v2", schema: root(try SchemaBuilder(docs: docs).schema(of: Root.self), description: description),
                    subresources: subresources, columns: columns),
                deprecated(
                    "v1", kind: "SpicepodSet", schema: try v1(docs), subresources: subresources, columns: columns),
            ])
    }

    private static let description =
        "Spicepod replicas: a Spice runtime deployed, rolled, scaled and watched over by the operator."

    private static func v1(_ docs: SourceDocs) throws -> JSONValue {
        var schema = root(
            try SchemaBuilder(docs: docs, hasDefaults: false).schema(of: RootV1.self),
            description: "# Deprecated: use spice.ai/v2. \(description)")
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
        return schema
    }

    private static let subresources: JSONValue = [
        "status": [:],
        "scale": [
            "specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.totalReplicas",
            "labelSelectorPath": ".status.selector",
        ],
    ]

    /// `NAME READY ROLE AGE LAST UPDATED`, as the SpicepodSet page shows; the others with `-o wide`.
    private static let columns: JSONValue = [
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

    private struct Root: Decodable {
        var spec: SpicepodSetSpec
        var status: SpicepodSetStatus?
    }

    private struct RootV1: Decodable {
        var spec: SpicepodSetSpecV1
        var status: SpicepodSetStatus?
    }
}
