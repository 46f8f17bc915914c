public import JSON

/// The CustomResourceDefinitions of the suite, by the name of their kind.
public enum CustomResourceDefinitions {
    public static func all(docs: SourceDocs) throws -> [(kind: String, definition: JSONValue)] {
        [("SpicepodSet", try spicepodSets(docs: docs)), ("SpicepodCluster", try spicepodClusters(docs: docs))]
    }

    /// - Parameter service: who converts and whose certificate is trusted, such as `set-controller`.
    static func definition(kind: String, shortName: String, service: String, versions: [JSONValue]) -> JSONValue {
        let singular = kind.lowercased()
        return [
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": [
                "name": .string("\(singular)s.spice.ai"),
                "labels": ["spice.ai/serving-certificate": .string("\(service)-webhook-tls")],
            ],
            "spec": [
                "group": "spice.ai",
                "scope": "Namespaced",
                "names": [
                    "kind": .string(kind), "listKind": .string("\(kind)List"), "plural": .string("\(singular)s"),
                    "singular": .string(singular), "shortNames": [.string(shortName)], "categories": ["all", "spice"],
                ],
                "conversion": conversion(service: service),
                "versions": .array(versions),
            ],
        ]
    }

    /// No `caBundle`: whoever issues the serving certificate writes it, and an apply of this definition must not take it away.
    private static func conversion(service: String) -> JSONValue {
        [
            "strategy": "Webhook",
            "webhook": [
                "conversionReviewVersions": ["v1"],
                "clientConfig": [
                    "service": [
                        "name": .string("\(service)-webhook"), "namespace": "spiceai-operator-system", "path": "/convert",
                        "port": 443,
                    ]
                ],
            ],
        ]
    }

    static func stored(_ name: String, schema: JSONValue, subresources: JSONValue, columns: JSONValue) -> JSONValue {
        version(name, schema, subresources, columns, ["storage": true])
    }

    static func deprecated(_ name: String, kind: String, schema: JSONValue, subresources: JSONValue, columns: JSONValue)
        -> JSONValue
    {
        let warning = "spice.ai/\(name) \(kind) is deprecated: use spice.ai/v2; `spiceai-operator convert` rewrites manifests"
        return version(
            name, schema, subresources, columns,
            ["storage": false, "deprecated": true, "deprecationWarning": .string(warning)])
    }

    private static func version(
        _ name: String, _ schema: JSONValue, _ subresources: JSONValue, _ columns: JSONValue, _ more: [String: JSONValue]
    ) -> JSONValue {
        var version = more
        version["name"] = .string(name)
        version["served"] = true
        version["subresources"] = subresources
        version["additionalPrinterColumns"] = columns
        version["schema"] = ["openAPIV3Schema": schema]
        return .object(version)
    }

    static func column(_ name: String, _ type: String, _ path: String, _ description: String, priority: Int64 = 0) -> JSONValue {
        var column: JSONValue = [
            "name": .string(name), "type": .string(type), "jsonPath": .string(path), "description": .string(description),
        ]
        if priority > 0 { column["priority"] = .int(priority) }
        return column
    }

    static func root(_ schema: JSONValue, description: String) -> JSONValue {
        var schema = schema
        // the API server owns it; it refuses schemas that say more of it
        schema[path: "properties", "metadata"] = ["type": "object"]
        schema["required"] = ["spec"]
        schema["description"] = .string(description)
        return schema
    }
}
