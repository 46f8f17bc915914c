public import JSON
public import KubernetesModel

extension KubernetesClient {
    /// Creates an object in the namespace that it names. Fields that the schema does not know are an error.
    public func create(_ resource: ResourceType, _ object: JSONValue, dryRun: Bool = false) async throws(APIError) -> JSONValue {
        let namespace = object[path: "metadata", "namespace"]?.stringValue ?? ""
        if resource.namespaced, namespace.isEmpty {
            throw APIError(.badRequest, "a new \(resource.kind) needs metadata.namespace")
        }
        guard namespace.isEmpty || Self.isSegment(namespace) else {
            throw APIError(.badRequest, "\"\(namespace)\" cannot name a namespace")
        }
        let path = resource.path(namespace: namespace)
        return try await write(.create, resource, .post, path, object.serialized(), query: query(dryRun: dryRun, strict: true))
    }

    /// Creates a subresource, such as a Pod's `eviction` or a ServiceAccount's `token`.
    public func create(
        _ resource: ResourceType, _ key: ObjectKey, subresource: String, _ object: JSONValue, dryRun: Bool = false
    ) async throws(APIError) -> JSONValue {
        try await write(
            .create, resource, .post, try path(resource, key, subresource), object.serialized(), subresource: subresource,
            query: query(dryRun: dryRun, strict: true))
    }

    /// Server-side apply of the whole intent, owned by this client's field manager. `apiVersion`, `kind`, name and namespace are
    /// filled in where the object has none.
    /// - Parameters:
    ///   - force: takes fields over from other managers instead of failing with `.conflict`.
    ///   - strict: fields that the schema does not know are an error.
    public func apply(
        _ resource: ResourceType, _ key: ObjectKey, _ object: JSONValue, subresource: String? = nil, force: Bool,
        strict: Bool = true, dryRun: Bool = false
    ) async throws(APIError) -> JSONValue {
        var object = object
        if object["apiVersion"] == nil { object["apiVersion"] = .string(resource.apiVersion) }
        if object["kind"] == nil { object["kind"] = .string(resource.kind) }
        if object[path: "metadata", "name"] == nil { object[path: "metadata", "name"] = .string(key.name) }
        if resource.namespaced, object[path: "metadata", "namespace"] == nil {
            object[path: "metadata", "namespace"] = .string(key.namespace)
        }
        var query = query(dryRun: dryRun, strict: strict)
        query.append(("force", force ? "true" : "false"))
        // A JSON document is a YAML document; this is the media type that all servers take.
        return try await write(
            .apply, resource, .patch, try path(resource, key, subresource), object.serialized(), subresource: subresource,
            contentType: "application/apply-patch+yaml", query: query)
    }

    /// Replaces an object (PUT). With `metadata.resourceVersion` it fails with `.conflict` when another writer was faster.
    public func replace(
        _ resource: ResourceType, _ key: ObjectKey, _ object: JSONValue, subresource: String? = nil, dryRun: Bool = false
    ) async throws(APIError) -> JSONValue {
        try await write(
            .update, resource, .put, try path(resource, key, subresource), object.serialized(), subresource: subresource,
            query: query(dryRun: dryRun, strict: true))
    }

    public func patch(
        _ resource: ResourceType, _ key: ObjectKey, _ patch: Patch, subresource: String? = nil, dryRun: Bool = false
    ) async throws(APIError) -> JSONValue {
        try await write(
            patch.verb, resource, .patch, try path(resource, key, subresource), patch.body, subresource: subresource,
            contentType: patch.contentType, query: query(dryRun: dryRun, strict: true))
    }

    /// Deletes an object; one that is gone already is `.notFound`.
    /// - Parameters:
    ///   - preconditions: else `.conflict`.
    ///   - propagation: nil for the kind's default.
    ///   - gracePeriodSeconds: nil for the object's own.
    /// - Returns: the object while it still lives (finalizers, grace), else a Status.
    @discardableResult
    public func delete(
        _ resource: ResourceType, _ key: ObjectKey, preconditions: Preconditions = Preconditions(),
        propagation: DeletionPropagation? = nil, gracePeriodSeconds: Int? = nil, dryRun: Bool = false
    ) async throws(APIError) -> JSONValue {
        var options: JSONValue = ["apiVersion": "v1", "kind": "DeleteOptions"]
        if let uid = preconditions.uid { options[path: "preconditions", "uid"] = .string(uid) }
        if let version = preconditions.resourceVersion { options[path: "preconditions", "resourceVersion"] = .string(version) }
        if let propagation { options["propagationPolicy"] = .string(propagation.rawValue) }
        if let gracePeriodSeconds { options["gracePeriodSeconds"] = .int(Int64(gracePeriodSeconds)) }
        if dryRun { options["dryRun"] = ["All"] }
        return try await write(.delete, resource, .delete, try path(resource, key, nil), options.serialized(), query: [])
    }

    private func query(dryRun: Bool, strict: Bool) -> [(name: String, value: String)] {
        var query = [(name: "fieldManager", value: fieldManager)]
        if strict { query.append(("fieldValidation", "Strict")) }
        if dryRun { query.append(("dryRun", "All")) }
        return query
    }

    private func write(
        _ verb: Verb, _ resource: ResourceType, _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8],
        subresource: String? = nil, contentType: String = "application/json", query: [(name: String, value: String)]
    ) async throws(APIError) -> JSONValue {
        let request = HTTPRequest(
            method, path, query: query, headers: [("Accept", "application/json"), ("Content-Type", contentType)], body: body)
        return try Self.tree(try await perform(Call(verb: verb, resource: resource, subresource: subresource, request: request)))
    }
}
