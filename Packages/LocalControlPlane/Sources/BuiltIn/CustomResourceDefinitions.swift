import JSON
import KubernetesModel
import KubernetesSchema

/// CRDs: their rules, their status, and the resources they make.
enum CustomResourceDefinitions {
    static let resource = GroupResource(group: "apiextensions.k8s.io", plural: "customresourcedefinitions")

    static func errors(_ object: JSONValue, old: JSONValue?) -> [FieldError] {
        let spec = object["spec"] ?? [:]
        let expected = "\(spec.string("names", "plural")).\(spec.string("group"))"
        var errors: [FieldError] = []
        if object.name != expected {
            errors.append(.invalid("metadata.name", .string(object.name), "must be spec.names.plural+\".\"+spec.group"))
        }
        if !["Namespaced", "Cluster"].contains(spec.string("scope")) {
            errors.append(.unsupported("spec.scope", spec["scope"] ?? "", ["Cluster", "Namespaced"]))
        }
        let versions = spec.list("versions")
        if versions.filter({ $0["storage"] == true }).count != 1 {
            errors.append(
                .invalid(
                    "spec.versions", .array(versions.map { $0["name"] ?? "" }),
                    "must have exactly one version marked as storage version"))
        }
        for (index, version) in versions.enumerated() {
            let path = "spec.versions[\(index)].schema.openAPIV3Schema"
            guard let schema = version[path: "schema", "openAPIV3Schema"] else {
                errors.append(.required(path, "schemas are required"))
                continue
            }
            if schema["type"] != "object" {
                errors.append(.invalid("\(path).type", schema["type"] ?? "", "must be object at the root"))
            }
            errors += StructuralSchema.errors(of: schema, path: path)
        }
        if let old, old["spec", "scope"] != spec["scope"] {
            errors.append(.invalid("spec.scope", spec["scope"] ?? "", "field is immutable"))
        }
        return errors + conversionErrors(spec["conversion"] ?? [:]) + storedVersionErrors(object)
    }

    private static func conversionErrors(_ conversion: JSONValue) -> [FieldError] {
        let (client, reviews) = ("spec.conversion.webhookClientConfig", "spec.conversion.conversionReviewVersions")
        let config = conversion[path: "webhook", "clientConfig"]
        let versions = conversion["webhook"]?.strings("conversionReviewVersions") ?? []
        var errors: [FieldError] = []
        guard conversion["strategy"] == "Webhook" else {
            let problem = "should not be set when strategy is not set to Webhook"
            if config != nil { errors.append(.forbidden(client, problem)) }
            if !versions.isEmpty { errors.append(.forbidden(reviews, problem)) }
            return errors
        }
        if let config {
            if (config["url"] == nil) == (config["service"] == nil) {
                errors.append(.required(client, "exactly one of url or service is required"))
            }
        } else {
            errors.append(.required(client, "required when strategy is set to Webhook"))
        }
        if versions.isEmpty { errors.append(.required(reviews)) }
        return errors
    }

    /// A version that objects may be stored in stays until they have been migrated.
    private static func storedVersionErrors(_ object: JSONValue) -> [FieldError] {
        let versions = object.list("spec", "versions")
        return (object["status"]?.strings("storedVersions") ?? []).enumerated().compactMap { index, name in
            guard !versions.contains(where: { $0["name"] == .string(name) }) else { return nil }
            return .invalid(
                "status.storedVersions[\(index)]", .string(name),
                "missing from spec.versions; \(name) was previously a storage version, and must remain in spec.versions until a "
                    + "storage migration ensures no data remains persisted in \(name) and removes \(name) from status.storedVersions"
            )
        }
    }

    static func status(of object: JSONValue, now: Timestamp) -> JSONValue {
        let spec = object["spec"] ?? [:]
        let before = object.list("status", "conditions")
        func condition(_ type: String, _ reason: String, _ message: String) -> JSONValue {
            let known = before.first { $0["type"] == .string(type) && $0["status"] == "True" }
            return known ?? [
                "type": .string(type), "status": "True", "reason": .string(reason), "message": .string(message),
                "lastTransitionTime": .string(now.text),
            ]
        }
        let stored = object["status"]?.strings("storedVersions") ?? []
        let current = spec.list("versions").first { $0["storage"] == true }?.string("name") ?? ""
        return [
            "acceptedNames": spec["names"] ?? [:],
            "conditions": [
                condition("NamesAccepted", "NoConflicts", "no conflicts found"),
                condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
            ],
            "storedVersions": .array((stored.contains(current) ? stored : stored + [current]).map { .string($0) }),
        ]
    }

    /// Makes the served versions available, with their schemas as they are now.
    static func register(_ object: JSONValue, in registry: inout Registry) {
        let spec = object["spec"] ?? [:]
        let names = spec["names"] ?? [:]
        let id = GroupResource(group: spec.string("group"), plural: names.string("plural"))
        registry.remove(id)
        let metadata = BuiltInSchemas.shared.schema(apiVersion: "v1", kind: "ConfigMap")?.properties["metadata"] ?? .any
        guard let versions = CustomResourceVersions(object, metadata: metadata) else { return }
        registry.setVersions(versions, of: id)
        for (version, known) in zip(spec.list("versions"), versions.definition.versions) where known.isServed {
            let openAPI = version[path: "schema", "openAPIV3Schema"]
            var subresources: Set<String> = []
            if version["subresources", "status"] != nil { subresources.insert("status") }
            let scale = version["subresources", "scale"].map { scale in
                Resource.CustomResource.Scale(
                    specReplicas: path(scale.string("specReplicasPath")), statusReplicas: path(scale.string("statusReplicasPath")),
                    labelSelector: scale["labelSelectorPath"]?.stringValue.map(path))
            }
            if scale != nil { subresources.insert("scale") }
            registry.add(
                Resource(
                    group: id.group, version: version.string("name"), plural: id.plural, singular: names.string("singular"),
                    kind: names.string("kind"), listKind: names.string("listKind"), shortNames: names.strings("shortNames"),
                    categories: names.strings("categories"), namespaced: spec["scope"] == "Namespaced",
                    schema: known.schema, subresources: subresources,
                    tracksGeneration: true, needsResourceVersion: true, storage: id,
                    custom: Resource.CustomResource(
                        columns: columns(version), scale: scale, openAPI: openAPI ?? [:],
                        deprecationWarning: known.deprecationWarning)))
        }
    }

    private static func path(_ text: String) -> [String] { text.split(separator: ".").map(String.init) }

    private static func columns(_ version: JSONValue) -> [Resource.PrinterColumn] {
        let age: JSONValue = ["name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"]
        let columns = version.list("additionalPrinterColumns")
        return (columns.isEmpty ? [age] : columns).compactMap { column in
            guard let path = JSONPath(column.string("jsonPath")) else { return nil }
            let description = "Custom resource definition column (in JSONPath format): \(column.string("jsonPath"))"
            return Resource.PrinterColumn(
                name: column.string("name"), type: column.string("type"), format: column.string("format"),
                description: column["description"]?.stringValue ?? description, priority: column["priority"]?.intValue ?? 0,
                path: path)
        }
    }
}
