import JSON
import KubernetesModel
import KubernetesSchema

extension APICore {
    mutating func replace(_ call: Call) throws(StatusError) -> APIResponse {
        var call = call
        try call.checkDryRun("UpdateOptions")
        var object = try decode(try parse(call), call)
        let key = call.key
        if let name = object["metadata", "name"]?.stringValue, name != key.name { throw Self.nameMismatch(name, key.name) }
        object["metadata", "name"] = .string(key.name)
        guard let existing = try existing(call) else { throw .notFound(call.resource.groupResource, key.name) }
        if call.resource.needsResourceVersion || call.resource.custom != nil,
            (object["metadata", "resourceVersion"]?.stringValue ?? "").isEmpty
        {
            throw .invalid(
                group: call.resource.group, kind: call.resource.plural,
                name: key.name,
                [.invalid("metadata.resourceVersion", 0, "must be specified for an update")])
        }
        let updated = try update(object, existing: existing, &call, managed: nil)
        return APIResponse(200, json: try render(updated, call))
    }

    /// The stored object in the version of the call.
    func existing(_ call: Call) throws(StatusError) -> JSONValue? {
        guard let object = store.object(call.resource.storage, call.key) else { return nil }
        return try presented(object, call.resource)
    }

    /// Writes `candidate` over `existing` (both in the call's version); returns the object as it is afterwards.
    ///
    /// `managed` is given by an apply; any other write owns what it changed. A write that changes nothing leaves the object and its
    /// resourceVersion alone.
    mutating func update(
        _ candidate: JSONValue, existing: JSONValue, _ call: inout Call, managed: ManagedFields?, subresource: String? = nil
    ) throws(StatusError) -> JSONValue {
        let resource = call.resource
        let key = call.key
        let version = candidate["metadata", "resourceVersion"]?.stringValue ?? ""
        if !version.isEmpty, version != existing["metadata", "resourceVersion"]?.stringValue {
            throw .modified(resource.groupResource, key.name)
        }
        if let uid = candidate["metadata", "uid"]?.stringValue, uid != existing["metadata", "uid"]?.stringValue {
            throw .conflict(
                resource.groupResource, key.name,
                "Precondition failed: UID in precondition: \(uid), UID in object meta: \(existing["metadata", "uid"]?.stringValue ?? "")"
            )
        }
        var object = (subresource ?? call.subresource) == "status" ? statusOnly(candidate, existing) : candidate
        if call.subresource != "status", resource.hasStatus { object["status"] = existing["status"] }
        keepServerFields(&object, existing)
        object = defaulted(object, resource)
        let isReviewed = webhooks.canBeAsked && (call.subresource == nil || call.subresource == "status")
        let asked = object
        if isReviewed { object = try mutated(object, old: existing, call) }
        let isMutated = isReviewed && object != asked
        try prepareForUpdate(&object, existing, call)

        object["metadata", "managedFields"] =
            managed != nil || call.ownsFields
            // fields that webhooks set belong to nobody
            ? try owned(isMutated ? asked : object, candidate, existing, call, managed, subresource)
            : existing["metadata", "managedFields"]
        bumpGeneration(&object, existing, resource)
        try validate(object, old: existing, resource, subresource: call.subresource)
        if isReviewed { try checkAdmission(AdmittedWrite(operation: "UPDATE", object: object, old: existing, call: call)) }
        // An object in a version that is no longer the stored one is rewritten even so: that is how storage is migrated.
        if object == existing, let present = store.object(resource.storage, key), isInStorageVersion(present, resource) {
            return present
        }
        let final = try stored(object, resource)
        if call.isDryRun { return final }
        if final["metadata", "deletionTimestamp"] != nil, isGone(final, resource) {
            return removed(resource, key, final)
        }
        let written = store.put(resource.storage, key, final)
        afterWrite(resource, key, written)
        return store.object(resource.storage, key) ?? written
    }

    private func isInStorageVersion(_ object: JSONValue, _ resource: Resource) -> Bool {
        guard resource.custom != nil, let versions = registry.versions(of: resource.storage) else { return true }
        return object["apiVersion"]?.stringValue == versions.storage
    }

    /// `managedFields` after the write.
    private func owned(
        _ object: JSONValue, _ candidate: JSONValue, _ existing: JSONValue, _ call: Call, _ managed: ManagedFields?,
        _ subresource: String?
    ) throws(StatusError) -> JSONValue? {
        let supplied = ManagedFields(json: candidate["metadata", "managedFields"])
        let isReset = candidate["metadata", "managedFields"]?.arrayValue.map { $0.isEmpty || $0 == [[:]] } ?? false
        let current = ManagedFields(json: existing["metadata", "managedFields"])
        var ownership = managed ?? (supplied.entries.isEmpty && !isReset ? current : supplied)
        if managed == nil {
            ownership = try call.fieldManager(.update, subresource: subresource).update(
                object, from: existing, managed: ownership, in: self)
        }
        return ownership.hasSameFields(as: current) ? existing["metadata", "managedFields"] : ownership.json
    }

    /// Nothing keeps a deleted object any more. Pods wait for their kubelet, namespaces for their content.
    func isGone(_ object: JSONValue, _ resource: Resource) -> Bool {
        guard (object["metadata", "finalizers"]?.arrayValue ?? []).isEmpty else { return false }
        switch resource.groupResource.description {
        case "pods": return (object["metadata", "deletionGracePeriodSeconds"]?.intValue ?? 0) == 0
        case "namespaces": return (object["spec", "finalizers"]?.arrayValue ?? []).isEmpty
        default: return true
        }
    }

    mutating func removed(_ resource: Resource, _ key: ObjectKey, _ final: JSONValue) -> JSONValue {
        let last = store.remove(resource.storage, key, as: final) ?? final
        afterRemoval(resource, last)
        return last
    }

    private func statusOnly(_ candidate: JSONValue, _ existing: JSONValue) -> JSONValue {
        var object = existing
        object["status"] = candidate["status"]
        object["metadata", "managedFields"] = candidate["metadata", "managedFields"]
        return object
    }

    private func keepServerFields(_ object: inout JSONValue, _ existing: JSONValue) {
        for field in [
            "name", "namespace", "uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds",
            "selfLink",
            "resourceVersion", "generateName",
        ] { object["metadata", field] = existing["metadata", field] }
    }

    private func bumpGeneration(_ object: inout JSONValue, _ existing: JSONValue, _ resource: Resource) {
        guard resource.tracksGeneration || resource.custom != nil else { return }
        var before = existing
        var after = object
        for field in resource.hasStatus ? ["metadata", "status"] : ["metadata"] {
            before[field] = nil
            after[field] = nil
        }
        if before != after {
            object["metadata", "generation"] = .int((existing["metadata", "generation"]?.intValue ?? 0) + 1)
        }
    }
}
