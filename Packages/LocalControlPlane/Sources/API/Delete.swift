import JSON
import KubernetesModel
import KubernetesSchema

extension APICore {
    /// `DeleteOptions` of body and query.
    struct DeleteOptions {
        var gracePeriodSeconds: Int64?
        var propagation: String?
        var uid: String?
        var resourceVersion: String?
        var isDryRun = false

        init(_ call: Call) throws(StatusError) {
            let bytes = call.request.body
            var body: JSONValue = [:]
            if let options = ProtobufBody.decode(bytes) {
                body = options
            } else if !bytes.isEmpty {
                do {
                    body = try JSONValue(parsing: bytes)
                } catch {
                    throw .badRequest("couldn't get version/kind; json parse error: \(error.message)")
                }
            }
            gracePeriodSeconds = call.request.integer("gracePeriodSeconds") ?? body["gracePeriodSeconds"]?.intValue
            propagation = call.request.parameter("propagationPolicy") ?? body["propagationPolicy"]?.stringValue
            uid = body["preconditions", "uid"]?.stringValue
            resourceVersion = body["preconditions", "resourceVersion"]?.stringValue
            isDryRun = call.isDryRun || body["dryRun"]?.arrayValue?.contains("All") == true
            if body["orphanDependents"] == true { propagation = "Orphan" }
            if let policy = propagation, !["Orphan", "Background", "Foreground"].contains(policy) {
                throw .invalidOptions(
                    "DeleteOptions",
                    FieldError(
                        field: "propagationPolicy", reason: "FieldValueNotSupported",
                        message:
                            "Unsupported value: \"\(policy)\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""
                    ))
            }
        }
    }

    mutating func delete(_ call: Call) throws(StatusError) -> APIResponse {
        let options = try DeleteOptions(call)
        guard let object = store.object(call.resource.storage, call.key) else {
            throw .notFound(call.resource.groupResource, call.key.name)
        }
        try checkDeletion(of: object, call)
        let (last, isGone) = try delete(object, call.resource, call.key, options)
        // The real server answers with the object while it lingers and for pods, else with a Status.
        if !isGone || ["pods", "persistentvolumeclaims", "services", "serviceaccounts"].contains(call.resource.plural) {
            return APIResponse(200, json: try render(last, call))
        }
        var details = call.resource.groupResource.details(call.key.name)
        details["uid"] = last["metadata", "uid"]
        return APIResponse(
            200, json: ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": details])
    }

    /// Deletes or marks for deletion; returns the last state and whether the object is gone.
    mutating func delete(
        _ object: JSONValue, _ resource: Resource, _ key: ObjectKey, _ options: DeleteOptions
    ) throws(StatusError) -> (JSONValue, isGone: Bool) {
        let uid = object["metadata", "uid"]?.stringValue ?? ""
        let subject = GroupResource(group: resource.group, plural: resource.kind)
        if let wanted = options.uid, wanted != uid {
            throw .conflict(
                subject, key.name,
                "the UID in the precondition (\(wanted)) does not match the UID in record (\(uid)). "
                    + "The object might have been deleted and then recreated")
        }
        let version = object["metadata", "resourceVersion"]?.stringValue ?? ""
        if let wanted = options.resourceVersion, wanted != version {
            throw .conflict(
                subject, key.name,
                "the ResourceVersion in the precondition (\(wanted)) does not match the ResourceVersion in record (\(version)). "
                    + "The object might have been modified")
        }
        if resource.groupResource.description == "namespaces", ["default", "kube-system", "kube-public"].contains(key.name) {
            throw .forbidden(resource.groupResource, key.name, "this namespace may not be deleted")
        }
        var marked = object
        var finalizers = (object["metadata", "finalizers"]?.arrayValue ?? []).compactMap(\.stringValue)
        let wasMarked = object["metadata", "deletionTimestamp"] != nil
        if !wasMarked || options.propagation != nil {
            finalizers.removeAll { $0 == "orphan" || $0 == "foregroundDeletion" }
            if options.propagation == "Orphan" { finalizers.append("orphan") }
            if options.propagation == "Foreground" { finalizers.append("foregroundDeletion") }
        }
        marked["metadata", "finalizers"] = .nonEmpty(finalizers.map { .string($0) })
        let grace = gracePeriod(object, resource, options)
        let isShorter = grace < (object["metadata", "deletionGracePeriodSeconds"]?.intValue ?? .max)
        if !wasMarked || (resource.plural == "pods" && isShorter) {
            marked["metadata", "deletionTimestamp"] = .string((now + .seconds(grace)).text)
            marked["metadata", "deletionGracePeriodSeconds"] = .int(grace)
        }
        if !wasMarked, let generation = object["metadata", "generation"]?.intValue {
            marked["metadata", "generation"] = .int(generation + 1)
        }
        if resource.groupResource.description == "namespaces" {
            marked["status", "phase"] = "Terminating"
            marked["metadata", "deletionGracePeriodSeconds"] = nil
        }
        if isGone(marked, resource) {
            if options.isDryRun { return (object, true) }
            return (removed(resource, key, marked), true)
        }
        if marked == object || options.isDryRun { return (marked, false) }
        let written = store.put(resource.storage, key, marked)
        afterWrite(resource, key, written)
        return (written, false)
    }

    /// Only pods that a kubelet runs get time to end.
    private func gracePeriod(_ object: JSONValue, _ resource: Resource, _ options: DeleteOptions) -> Int64 {
        guard resource.groupResource.description == "pods" else { return 0 }
        guard object["spec", "nodeName"] != nil, !["Failed", "Succeeded"].contains(object["status", "phase"]?.stringValue ?? "")
        else {
            return 0
        }
        return max(0, options.gracePeriodSeconds ?? object["spec", "terminationGracePeriodSeconds"]?.intValue ?? 30)
    }

    mutating func deleteCollection(_ call: Call) throws(StatusError) -> APIResponse {
        let options = try DeleteOptions(call)
        let filter = try filter(call)
        var last: [JSONValue] = []
        for (key, object) in store.all(call.resource.storage).sorted(by: { $0.key < $1.key }) where filter.matches(key, object) {
            try checkDeletion(of: object, call)
            last.append(try delete(object, call.resource, key, options).0)
        }
        return APIResponse(200, json: try renderList(last, call, metadata: ["resourceVersion": .string(String(store.revision))]))
    }
}
