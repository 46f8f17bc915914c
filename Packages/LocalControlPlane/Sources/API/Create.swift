import JSON
import KubernetesModel
import KubernetesSchema

extension APICore {
    mutating func create(_ call: Call) throws(StatusError) -> APIResponse {
        var call = call
        try call.checkDryRun("CreateOptions")
        let object = try decode(try parse(call), call)
        let created = try insert(object, &call, managed: nil)
        return APIResponse(201, json: try render(created, call))
    }

    /// Stores a new object and returns it as stored. `managed` is given by an apply; a create owns all it set.
    mutating func insert(_ object: JSONValue, _ call: inout Call, managed: ManagedFields?) throws(StatusError) -> JSONValue {
        var object = object
        let resource = call.resource
        try place(&object, &call)
        let key = call.key
        if resource.namespaced { try checkNamespace(key, resource) }
        if resource.hasStatus, resource.custom != nil || resource.plural != "nodes" { object["status"] = nil }
        object = defaulted(object, resource)
        // fields that webhooks set belong to nobody
        let typed = object
        object = try mutated(object, old: nil, call)
        let labels = object["metadata", "labels"]

        object["metadata", "uid"] = .string(identifiers.uid())
        object["metadata", "creationTimestamp"] = .string(now.text)
        object["metadata", "resourceVersion"] = nil
        object["metadata", "deletionTimestamp"] = nil
        object["metadata", "deletionGracePeriodSeconds"] = nil
        object["metadata", "selfLink"] = nil
        object["metadata", "generation"] = resource.tracksGeneration || resource.custom != nil ? Optional(1) : .none
        try prepareForCreate(&object, resource)

        if let managed {
            object["metadata", "managedFields"] = managed.json
        } else if call.ownsFields {
            let ownership = try call.fieldManager(.update).update(
                labels == object["metadata", "labels"] ? typed : merged(typed, object), from: nil, managed: ManagedFields(),
                in: self)
            object["metadata", "managedFields"] = ownership.json
        }
        try validate(object, old: nil, resource)
        if webhooks.canBeAsked { try checkAdmission(AdmittedWrite(operation: "CREATE", object: object, call: call)) }
        object = try stored(object, resource)
        if store.object(resource.storage, key) != nil { throw .alreadyExists(resource.groupResource, key.name) }
        if call.isDryRun { return object }
        object = store.put(resource.storage, key, object)
        afterWrite(resource, key, object)
        return store.object(resource.storage, key) ?? object
    }

    /// What the writer is taken to have set: its object, and what creation adds to labels and the like.
    private func merged(_ typed: JSONValue, _ object: JSONValue) -> JSONValue {
        var result = typed
        result["metadata", "labels"] = object["metadata", "labels"]
        return result
    }

    /// Name and namespace from the object and the URL, which must agree.
    private mutating func place(_ object: inout JSONValue, _ call: inout Call) throws(StatusError) {
        let resource = call.resource
        if resource.namespaced {
            let namespace = call.namespace ?? ""
            guard !namespace.isEmpty else { throw .badRequest("an empty namespace may not be set during creation") }
            if let own = object["metadata", "namespace"]?.stringValue, !own.isEmpty, own != namespace {
                throw .badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request")
            }
            object["metadata", "namespace"] = .string(namespace)
        } else {
            object["metadata", "namespace"] = nil
        }
        if let name = object["metadata", "name"]?.stringValue, !name.isEmpty {
            if let wanted = call.name, wanted != name { throw Self.nameMismatch(name, wanted) }
            call.name = name
        } else if let wanted = call.name {
            object["metadata", "name"] = .string(wanted)
        } else if let prefix = object["metadata", "generateName"]?.stringValue, !prefix.isEmpty {
            let name = String(prefix.prefix(58)) + identifiers.suffix()
            object["metadata", "name"] = .string(name)
            call.name = name
            call.isNameGenerated = true
        } else {
            throw .invalid(
                group: resource.group, kind: resource.kind, name: "",
                [.required("metadata.name", "name or generateName is required")])
        }
    }

    static func nameMismatch(_ name: String, _ wanted: String) -> StatusError {
        .badRequest("the name of the object (\(name)) does not match the name on the URL (\(wanted))")
    }

    private func checkNamespace(_ key: ObjectKey, _ resource: Resource) throws(StatusError) {
        let namespaces = GroupResource(group: "", plural: "namespaces")
        guard let namespace = store.object(namespaces, ObjectKey(name: key.namespace)) else {
            throw .notFound(namespaces, key.namespace)
        }
        if namespace["metadata", "deletionTimestamp"] != nil {
            throw .forbidden(
                resource.groupResource, key.name,
                "unable to create new content in namespace \(key.namespace) because it is being terminated",
                causes: [
                    [
                        "reason": "NamespaceTerminating", "message": .string("namespace \(key.namespace) is being terminated"),
                        "field": "metadata.namespace",
                    ]
                ])
        }
    }
}
