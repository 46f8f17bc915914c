import JSON
import KubernetesModel
import KubernetesSchema

extension APICore {
    func openAPI(_ parts: [String], _ request: APIRequest) throws(StatusError) -> APIResponse {
        if parts == ["v2"] { return OpenAPIv2.response(accept: request.header("Accept")) }
        guard parts.first == "v3" else { return APIResponse(404, text: "404 page not found\n") }
        if parts.count == 1 { return APIResponse(200, json: ["paths": .object(openAPIIndex)]) }
        let path = parts.dropFirst().joined(separator: "/")
        let apiVersion = path.split(separator: "/").dropFirst().joined(separator: "/")
        let resources = registry.resources(apiVersion: apiVersion)
        guard !resources.isEmpty, openAPIIndex[path] != nil else { return APIResponse(404, text: "404 page not found\n") }
        return APIResponse(200, json: OpenAPIv3.document(resources, root: path))
    }

    /// The hash makes clients fetch a document again once a CRD has changed it.
    private var openAPIIndex: [String: JSONValue] {
        var paths: [String: JSONValue] = [:]
        for (group, versions) in registry.versions {
            for version in versions {
                let path = group.isEmpty ? "api/\(version)" : "apis/\(group)/\(version)"
                let crds = registry.resources(apiVersion: group.isEmpty ? version : "\(group)/\(version)").compactMap { resource in
                    store.object(CustomResourceDefinitions.resource, ObjectKey(name: resource.groupResource.description))?
                        .string("metadata", "resourceVersion")
                }
                paths[path] = [
                    "serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(crds.isEmpty ? "0" : crds.joined(separator: "-"))")
                ]
            }
        }
        return paths
    }
}

/// One document a group version: enough for `kubectl explain`, `apply` and server-side validation.
enum OpenAPIv3 {
    static func document(_ resources: [Resource], root: String) -> JSONValue {
        var paths: [String: JSONValue] = [:]
        var writer = SchemaWriter()
        for resource in resources {
            let name = schemaName(resource)
            let base = "/\(root)/" + (resource.namespaced ? "namespaces/{namespace}/" : "") + resource.plural
            paths[base] = operations(["post": "post", "get": "list"], resource, name)
            paths["\(base)/{name}"] = operations(
                ["get": "get", "put": "put", "patch": "patch", "delete": "delete"], resource, name)
            for subresource in resource.subresources.sorted() where subresource == "status" {
                paths["\(base)/{name}/\(subresource)"] = operations(["get": "get", "put": "put", "patch": "patch"], resource, name)
            }
            writer.add(resource, as: name)
        }
        return [
            "openapi": "3.0.0", "info": ["title": "Kubernetes", "version": "1.36"], "paths": .object(paths),
            "components": ["schemas": .object(writer.schemas)],
        ]
    }

    /// `ai.spice.v2.SpicepodSet`, `io.k8s.api.apps.v1.StatefulSet`.
    private static func schemaName(_ resource: Resource) -> String {
        if resource.custom == nil {
            let group = resource.group.isEmpty ? "core" : resource.group.split(separator: ".").first.map(String.init) ?? ""
            return "io.k8s.api.\(group).\(resource.version).\(resource.kind)"
        }
        return resource.group.split(separator: ".").reversed().joined(separator: ".") + ".\(resource.version).\(resource.kind)"
    }

    private static func operations(_ methods: [String: String], _ resource: Resource, _ schema: String) -> JSONValue {
        let kind: JSONValue = [
            "group": .string(resource.group), "version": .string(resource.version), "kind": .string(resource.kind),
        ]
        let reference: JSONValue = ["$ref": .string("#/components/schemas/\(schema)")]
        var result: [String: JSONValue] = [:]
        for (method, action) in methods {
            var names = ["pretty"]
            if ["post", "put", "patch"].contains(method) { names += ["dryRun", "fieldManager", "fieldValidation"] }
            if method == "patch" { names.append("force") }
            var operation: JSONValue = [
                "x-kubernetes-action": .string(action), "x-kubernetes-group-version-kind": kind,
                "parameters": .array(
                    names.map { ["name": .string($0), "in": "query", "schema": ["type": $0 == "force" ? "boolean" : "string"]] }),
                "responses": ["200": ["description": "OK", "content": ["application/json": ["schema": reference]]]],
            ]
            if method == "patch" {
                var types = ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"]
                if resource.custom == nil { types.append("application/strategic-merge-patch+json") }
                operation["requestBody"] = [
                    "content": .object(Dictionary(types.map { ($0, ["schema": ["type": "object"]]) }, uniquingKeysWith: { $1 }))
                ]
            } else if method == "post" || method == "put" {
                operation["requestBody"] = ["content": ["*/*": ["schema": reference]]]
            }
            result[method] = operation
        }
        return .object(result)
    }
}

/// Writes schemas as OpenAPI, each built-in type once.
private struct SchemaWriter {
    var schemas: [String: JSONValue] = [:]

    mutating func add(_ resource: Resource, as name: String) {
        var schema: JSONValue
        if let custom = resource.custom {
            schema = custom.openAPI
            if schema["type"] == nil { schema["type"] = "object" }
            schema["properties", "apiVersion"] = ["type": "string", "description": "The version of the schema of this object."]
            schema["properties", "kind"] = ["type": "string", "description": "The kind of this object."]
            schema["properties", "metadata"] = resource.schema.properties["metadata"].map { write($0) } ?? [:]
        } else {
            schema = object(resource.schema)
        }
        schema["x-kubernetes-group-version-kind"] = [
            ["group": .string(resource.group), "version": .string(resource.version), "kind": .string(resource.kind)]
        ]
        schemas[name] = schema
    }

    private mutating func write(_ schema: Schema) -> JSONValue {
        var result: JSONValue
        if let typeName = schema.typeName {
            let name = "io.k8s.\(typeName)"
            if schemas[name] == nil {
                schemas[name] = [:]  // ends the recursion of a type that holds itself
                schemas[name] = object(schema)
            }
            return ["allOf": [["$ref": .string("#/components/schemas/\(name)")]]]
        }
        switch schema.kind {
        case .any: result = [:]
        case .object: result = object(schema)
        case .array: result = ["type": "array", "items": schema.items.map { write($0) } ?? [:]]
        case .integer: result = ["type": "integer", "format": .string(schema.format ?? "int64")]
        case .number: result = ["type": "number"]
        case .boolean: result = ["type": "boolean"]
        case .intOrString: result = ["type": "string", "format": "int-or-string"]
        case .time, .microTime: result = ["type": "string", "format": "date-time"]
        case .bytes: result = ["type": "string", "format": "byte"]
        case .string, .quantity: result = ["type": "string"]
        }
        if !schema.enumeration.isEmpty { result["enum"] = .array(schema.enumeration) }
        if case .map(let keys) = schema.listType {
            result["x-kubernetes-list-type"] = "map"
            result["x-kubernetes-list-map-keys"] = .array(keys.map { .string($0) })
        }
        if let strategy = schema.patchStrategy {
            result["x-kubernetes-patch-strategy"] = .string(strategy.retainKeys ? "merge,retainKeys" : "merge")
            result["x-kubernetes-patch-merge-key"] = strategy.key.map { .string($0) }
        }
        return result
    }

    private mutating func object(_ schema: Schema) -> JSONValue {
        var result: JSONValue = ["type": "object"]
        if !schema.properties.isEmpty { result["properties"] = .object(schema.properties.mapValues { write($0) }) }
        if let additional = schema.additional { result["additionalProperties"] = write(additional) }
        if !schema.required.isEmpty { result["required"] = .array(schema.required.map { .string($0) }) }
        return result
    }
}
