import JSON

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
    func render(_ object: JSONValue, _ call: Call) throws(StatusError) -> JSONValue {
        let shown = try presented(object, call.resource)
        switch OutputFormat(accept: call.request.header("Accept")) {
        case .object: return shown
        case .partialMetadata: return Self.partialMetadata(shown)
        case .table:
            return table(
                [shown], call.resource, metadata: ["resourceVersion": object["metadata", "resourceVersion"] ?? ""],
                includeObject: call.request.parameter("includeObject") ?? "Metadata")
        }
    }

    func renderList(_ objects: [JSONValue], _ call: Call, metadata: JSONValue) throws(StatusError) -> JSONValue {
        var shown = try presented(objects, call.resource)
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
}
