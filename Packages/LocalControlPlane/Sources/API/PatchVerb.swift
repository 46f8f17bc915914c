import JSON
import KubernetesModel
import KubernetesSchema

extension APICore {
    mutating func patch(_ call: Call) throws(StatusError) -> APIResponse {
        var call = call
        try call.checkDryRun("PatchOptions")
        let type = call.request.header("Content-Type").split(separator: ";").first.map(String.init) ?? ""
        if type == "application/apply-patch+yaml" || type == "application/apply-patch+json" { return try apply(call) }
        let accepted =
            ["application/json-patch+json", "application/merge-patch+json"]
            + (call.resource.custom == nil ? ["application/strategic-merge-patch+json"] : []) + ["application/apply-patch+yaml"]
        guard accepted.contains(type) else { throw .unsupportedMediaType(accepted) }
        let patch = try parse(call)
        guard let existing = try existing(call) else { throw .notFound(call.resource.groupResource, call.key.name) }
        let patched = try patched(existing, by: patch, type: type, schema: call.resource.schema)
        if let name = patched["metadata", "name"]?.stringValue, name != call.key.name {
            throw Self.nameMismatch(name, call.key.name)
        }
        let candidate = try decodePatched(patched, call)
        let updated = try update(candidate, existing: existing, &call, managed: nil)
        return APIResponse(200, json: try render(updated, call))
    }

    func patched(_ existing: JSONValue, by patch: JSONValue, type: String, schema: Schema) throws(StatusError) -> JSONValue {
        switch type {
        case "application/json-patch+json": return try JSONPatch.apply(patch, to: existing)
        case "application/strategic-merge-patch+json": return StrategicMergePatch.apply(patch, to: existing, schema: schema)
        default: return MergePatch.apply(patch, to: existing)
        }
    }

    /// A patched object with an unknown field is Invalid, not a bad request, and the message quotes the object.
    private mutating func decodePatched(_ patched: JSONValue, _ call: Call) throws(StatusError) -> JSONValue {
        let (_, unknown) = try type(patched, call.resource)
        if call.validation == .strict, !unknown.isEmpty {
            let list = unknown.map { "unknown field \"\($0)\"" }.joined(separator: ", ")
            throw .invalid(
                group: "", kind: "", name: "",
                [.invalid("patch", .string(patched.text), "strict decoding error: \(list)")])
        }
        return try decode(patched, call)
    }

    private mutating func apply(_ call: Call) throws(StatusError) -> APIResponse {
        var call = call
        let resource = call.resource
        guard !(call.request.parameter("fieldManager") ?? "").isEmpty else {
            throw .invalidOptions("PatchOptions", .required("fieldManager", "is required for apply patch"))
        }
        let intent = try parse(call)
        try checkIntent(intent, call)
        var configuration = intent
        configuration["metadata", "namespace"] = resource.namespaced ? call.namespace.map { .string($0) } : .none
        let manager = call.fieldManager(.apply)
        guard let existing = try existing(call) else {
            guard call.subresource == nil else { throw .notFound(resource.groupResource, call.key.name) }
            if let uid = intent["metadata", "uid"]?.stringValue, !uid.isEmpty {
                throw .conflict(
                    resource.groupResource, call.key.name,
                    "uid mismatch: the provided object specified uid \(uid), and no existing object was found")
            }
            let result = try manager.apply(configuration, to: nil, managed: ManagedFields(), force: false, in: self)
            let object = try decode(result.object, call)
            let created = try insert(object, &call, managed: result.managed)
            return APIResponse(201, json: try render(created, call))
        }
        if let version = intent["metadata", "resourceVersion"]?.stringValue,
            version != existing["metadata", "resourceVersion"]?.stringValue
        {
            throw .modified(resource.groupResource, call.key.name)
        }
        configuration["metadata", "resourceVersion"] = nil
        var live = existing
        live["metadata", "managedFields"] = nil
        let result = try manager.apply(
            configuration, to: live, managed: ManagedFields(json: existing["metadata", "managedFields"]),
            force: call.request.isTrue("force"), in: self)
        let (object, _) = try type(result.object, resource)
        let updated = try update(object, existing: existing, &call, managed: result.managed)
        return APIResponse(200, json: try render(updated, call))
    }

    private func checkIntent(_ intent: JSONValue, _ call: Call) throws(StatusError) {
        let resource = call.resource
        let kind = intent["kind"]?.stringValue ?? ""
        let apiVersion = intent["apiVersion"]?.stringValue ?? ""
        guard kind == resource.kind, apiVersion == resource.apiVersion else {
            let parts = apiVersion.split(separator: "/").map(String.init)
            let group = parts.count == 2 ? parts[0] : ""
            throw .badRequest("invalid object type: \(group)/\(parts.last ?? ""), Kind=\(kind)")
        }
        if intent["metadata", "managedFields"].map({ !$0.isNull }) == true {
            throw .badRequest("metadata.managedFields must be nil")
        }
        if let name = intent["metadata", "name"]?.stringValue, name != call.key.name {
            throw Self.nameMismatch(name, call.key.name)
        }
        if let namespace = intent["metadata", "namespace"]?.stringValue, resource.namespaced, namespace != call.namespace {
            throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
        }
        let errors = resource.schema.typingErrors(of: intent)
        guard let first = errors.first else { return }
        let group = resource.group.isEmpty ? "/\(resource.version)" : resource.apiVersion
        throw StatusError(
            500, nil,
            "failed to create typed patch object (\(intent["metadata", "namespace"]?.stringValue ?? "")/\(call.key.name); "
                + "\(group), Kind=\(kind)): \(first)")
    }
}
