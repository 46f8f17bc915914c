import JSON
import SpiceTypes
import SpiceTypesV1

extension CustomResourceDefinitions {
    static func spicepodClusters(docs: SourceDocs) throws -> JSONValue {
        definition(
            kind: "SpicepodCluster", shortName: "spc", service: "cluster-controller",
            versions: [
                stored(
                    "v2", schema: root(try SchemaBuilder(docs: docs).schema(of: Root.self), description: description),
                    subresources: ["status": [:]], columns: columns(expiry: ".status.rootCertificateExpiresAt")),
                deprecated(
                    "v1alpha1", kind: "SpicepodCluster", schema: try v1alpha1(docs), subresources: ["status": [:]],
                    columns: columns(expiry: ".status.rootExpiresAt")),
            ])
    }

    private static let description =
        "A distributed query cluster: schedulers that plan, executors that compute, and mutual TLS between them."

    /// The nodes' fields are those of a v1 SpicepodSet, less what has no meaning in a cluster.
    private static func v1alpha1(_ docs: SourceDocs) throws -> JSONValue {
        let builder = SchemaBuilder(docs: docs, hasDefaults: false)
        var schema = root(
            try builder.schema(of: RootV1Alpha1.self), description: "# Deprecated: use spice.ai/v2. \(description)")
        var cluster = try builder.schema(of: NodeClusterConfig.self)
        let meaning = cluster["description"]?.stringValue ?? ""
        cluster["description"] = .string("# Deprecated: the same in spice.ai/v2. \(meaning)")
        for role in ["schedulerSetSpec", "executorSetSpec"] {
            var fields = schema[path: "properties", "spec", "properties", role, "properties"] ?? [:]
            for foreign in ["instantRollback", "enableService", "enable_service"] { fields[foreign] = nil }
            fields["cluster"] = cluster
            // CEL knows no field without a type
            if role == "executorSetSpec" { fields[path: "spicepod", "type"] = "object" }
            schema[path: "properties", "spec", "properties", role, "properties"] = fields
        }
        schema[path: "properties", "spec", "properties", "executorSetSpec", "required"] = nil
        return schema
    }

    private static func columns(expiry: String) -> JSONValue {
        [
            column("Schedulers", "integer", ".status.schedulerReadyReplicas", "Ready schedulers."),
            column("Executors", "integer", ".status.executorReadyReplicas", "Ready executors."),
            column(
                "Ready", "string", ".status.conditions[?(@.type=='Ready')].status",
                "Whether every wanted node is ready, with certificates."),
            column("Age", "date", ".metadata.creationTimestamp", "Time since creation."),
            column(
                "Status", "string", ".status.conditions[?(@.type=='Ready')].reason", "Why the cluster is ready or not.",
                priority: 1),
            // no `date`: kubectl shows the age of those, and of a time to come `<invalid>`
            column("CA Expires", "string", expiry, "When the root CA runs out.", priority: 1),
            column(
                "Message", "string", ".status.conditions[?(@.type=='Ready')].message", "The status as a sentence.", priority: 1),
        ]
    }

    private struct Root: Decodable {
        var spec: SpicepodClusterSpec
        var status: SpicepodClusterStatus?
    }

    private struct RootV1Alpha1: Decodable {
        var spec: SpicepodClusterSpecV1Alpha1
        var status: SpicepodClusterStatusV1Alpha1?
    }
}
