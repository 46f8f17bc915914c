import JSON
import KubernetesSchema

/// A kind as one version of the API serves it.
struct Resource: Sendable {
    var group: String
    var version: String
    var plural: String
    var singular: String
    var kind: String
    var listKind: String
    var shortNames: [String] = []
    var categories: [String] = []
    var namespaced: Bool
    var schema: Schema
    var subresources: Set<String> = []
    /// Spec changes count up `metadata.generation`.
    var tracksGeneration = false
    /// An update must name the resourceVersion it is based on.
    var needsResourceVersion = false
    var verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
    /// Where the objects are stored: `events` of both groups are the same objects.
    var storage: GroupResource
    var custom: CustomResource?

    var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
    var groupResource: GroupResource { GroupResource(group: group, plural: plural) }
    var hasStatus: Bool { subresources.contains("status") }

    /// What only a resource of a CRD has.
    struct CustomResource: Sendable {
        var columns: [PrinterColumn]
        var scale: Scale?
        /// The schema as the CRD gives it, for OpenAPI.
        var openAPI: JSONValue
        /// What every request of a deprecated version is told.
        var deprecationWarning: String?

        struct Scale: Sendable {
            var specReplicas: [String]
            var statusReplicas: [String]
            var labelSelector: [String]?
        }
    }

    struct PrinterColumn: Sendable {
        var name: String
        var type: String
        var format: String
        var description: String
        var priority: Int64
        var path: JSONPath
    }
}
