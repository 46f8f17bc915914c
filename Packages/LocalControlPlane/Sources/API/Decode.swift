import JSON
import KubernetesModel
import KubernetesSchema
import YAML

extension APICore {
    /// The body as a tree: JSON, or YAML where the client says so.
    func parse(_ call: Call) throws(StatusError) -> JSONValue {
        let body = call.request.body
        if ProtobufBody.isEnvelope(body) {
            guard let object = ProtobufBody.decode(body) else {
                throw .unsupportedMediaType(["application/json", "application/yaml", "protobuf for a few simple kinds"])
            }
            return object
        }
        do {
            return try JSONValue(parsing: body)
        } catch {
            if call.request.header("Content-Type").contains("yaml"),
                let value = try? YAML.parse(String(decoding: body, as: UTF8.self))
            {
                return value
            }
            throw .badRequest(
                "the object provided is unrecognized (must be of type \(call.resource.kind)): couldn't get version/kind; "
                    + "json parse error: \(error.message)")
        }
    }

    /// A whole object of the call's resource: kind and version checked, typed, unknown fields handled as `fieldValidation` says.
    mutating func decode(_ json: JSONValue, _ call: Call) throws(StatusError) -> JSONValue {
        let resource = call.resource
        guard case .object = json else {
            throw .badRequest("the object provided is unrecognized (must be of type \(resource.kind))")
        }
        var object = json
        if object["apiVersion"] == nil { object["apiVersion"] = .string(resource.apiVersion) }
        if object["kind"] == nil { object["kind"] = .string(resource.kind) }
        if let version = object["apiVersion"]?.stringValue, version != resource.apiVersion {
            throw .badRequest(
                "the API version in the data (\(version)) does not match the expected API version (\(resource.apiVersion))")
        }
        if let kind = object["kind"]?.stringValue, kind != resource.kind {
            throw .invalid(
                group: resource.group, kind: kind, name: object["metadata", "name"]?.stringValue ?? "",
                [.invalid("kind", .string(kind), "must be \(resource.kind)")])
        }
        let (typed, unknown) = try type(object, resource)
        try report(unknown: unknown, call)
        return typed
    }

    /// The object as the resource's type knows it, and the paths of what it does not know.
    func type(_ object: JSONValue, _ resource: Resource) throws(StatusError) -> (JSONValue, unknown: [String]) {
        let metadataSchema = resource.schema.properties["metadata"] ?? .any
        if resource.custom == nil {
            var decoder = BuiltInDecoder(kind: resource.kind, version: resource.version)
            let typed = try decoder.decode(object, as: resource.schema)
            return (typed, decoder.unknown)
        }
        var object = object
        var unknown: [String] = []
        if let metadata = object["metadata"] {
            var decoder = BuiltInDecoder(kind: resource.kind, version: resource.version)
            object["metadata"] = try decoder.decode(metadata, as: metadataSchema)
            unknown = decoder.unknown.map { "metadata.\($0)" }
        }
        return (resource.schema.pruning(object, unknown: &unknown), unknown)
    }

    mutating func report(unknown: [String], _ call: Call) throws(StatusError) {
        guard !unknown.isEmpty else { return }
        let list = unknown.map { "unknown field \"\($0)\"" }
        switch call.validation {
        case .ignore: break
        case .warn: warnings += list.filter { !warnings.contains($0) }
        case .strict:
            throw .badRequest(
                "\(call.resource.kind) in version \"\(call.resource.version)\" cannot be handled as a \(call.resource.kind): "
                    + "strict decoding error: \(list.joined(separator: ", "))")
        }
    }

    /// Defaults as the resource's type has them.
    func defaulted(_ object: JSONValue, _ resource: Resource) -> JSONValue {
        if resource.custom != nil { return resource.schema.defaulting(object) }
        var object = object
        BuiltInDefaults.apply(to: &object, resource.groupResource)
        return object
    }
}
