import JSON
import KubernetesSchema

/// The form of an answer, from the Accept header.
enum OutputFormat: Sendable {
    case object, table, partialMetadata

    init(accept: String) {
        for choice in accept.split(separator: ",") {
            let parts = choice.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            if parts.contains("as=Table") {
                if parts.contains("v=v1") {
                    self = .table
                    return
                }
            } else if parts.contains("as=PartialObjectMetadata") || parts.contains("as=PartialObjectMetadataList") {
                self = .partialMetadata
                return
            } else if parts.first == "application/json" || parts.first == "*/*" {
                break
            }
        }
        self = .object
    }
}

extension APICore {
    /// A stored object as the call's version and format show it.
    func render(_ object: JSONValue, _ call: Call) -> JSONValue {
        let shown = presented(object, call.resource)
        switch OutputFormat(accept: call.request.header("Accept")) {
        case .object: return shown
        case .partialMetadata: return Self.partialMetadata(shown)
        case .table:
            return table(
                [shown], call.resource, metadata: ["resourceVersion": object["metadata", "resourceVersion"] ?? ""],
                includeObject: call.request.parameter("includeObject") ?? "Metadata")
        }
    }

    func renderList(_ objects: [JSONValue], _ call: Call, metadata: JSONValue) -> JSONValue {
        var shown = objects.map { presented($0, call.resource) }
        switch OutputFormat(accept: call.request.header("Accept")) {
        case .object:
            // Items of built-in lists have no type of their own: Go drops it.
            if call.resource.custom == nil {
                for index in shown.indices {
                    shown[index]["kind"] = nil
                    shown[index]["apiVersion"] = nil
                }
            }
            return [
                "kind": .string(call.resource.listKind), "apiVersion": .string(call.resource.apiVersion), "metadata": metadata,
                "items": .array(shown),
            ]
        case .partialMetadata:
            return [
                "kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
                "items": .array(shown.map(Self.partialMetadata)),
            ]
        case .table:
            return table(
                shown, call.resource, metadata: metadata, includeObject: call.request.parameter("includeObject") ?? "Metadata")
        }
    }

    static func partialMetadata(_ object: JSONValue) -> JSONValue {
        ["kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object["metadata"] ?? [:]]
    }

    /// A stored object in the version of `resource`.
    func presented(_ object: JSONValue, _ resource: Resource) -> JSONValue {
        if resource.groupResource != resource.storage { return EventViews.regarding(fromCore: object) }
        guard object["apiVersion"]?.stringValue != resource.apiVersion else { return object }
        var converted = object
        converted["apiVersion"] = .string(resource.apiVersion)
        var dropped: [String] = []
        return resource.schema.defaulting(resource.schema.pruning(converted, unknown: &dropped))
    }

    /// An object of `resource` as it is stored.
    func stored(_ object: JSONValue, _ resource: Resource) -> JSONValue {
        if resource.groupResource != resource.storage { return EventViews.core(fromRegarding: object) }
        guard resource.custom != nil, let version = storageVersion(resource.groupResource),
            object["apiVersion"]?.stringValue != version
        else { return object }
        var converted = object
        converted["apiVersion"] = .string(version)
        return converted
    }
}
