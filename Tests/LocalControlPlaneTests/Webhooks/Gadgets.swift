import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// A kind whose versions differ: v1 has `spec.size`, v2 has `spec.shape.size`. v2 is stored.
enum Gadgets {
    static let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    static let v1 = "/apis/example.io/v1/namespaces/default/gadgets"
    static let v2 = "/apis/example.io/v2/namespaces/default/gadgets"

    static func definition(storage: String = "v2", conversion: JSONValue? = webhook) -> JSONValue {
        func version(_ name: String, _ spec: JSONValue) -> JSONValue {
            [
                "name": .string(name), "served": true, "storage": .bool(name == storage),
                "subresources": [
                    "status": [:],
                    "scale": ["specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas"],
                ],
                "schema": [
                    "openAPIV3Schema": [
                        "type": "object",
                        "properties": [
                            "spec": ["type": "object", "properties": spec],
                            "status": ["type": "object", "properties": ["replicas": ["type": "integer"]]],
                        ],
                    ]
                ],
            ]
        }
        var first = version(
            "v1",
            [
                "size": ["type": "integer", "maximum": 10], "replicas": ["type": "integer"],
                "mode": ["type": "string", "default": "old"], "note": ["type": "string"],
            ])
        first["deprecated"] = true
        var spec: JSONValue = [
            "group": "example.io", "scope": "Namespaced", "names": ["plural": "gadgets", "kind": "Gadget"],
            "versions": [
                first,
                version(
                    "v2",
                    [
                        "shape": ["type": "object", "properties": ["size": ["type": "integer"]]], "replicas": ["type": "integer"],
                        "mode": ["type": "string"], "note": ["type": "string"], "color": ["type": "string", "default": "red"],
                    ]),
            ],
        ]
        spec["conversion"] = conversion
        return [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": ["name": "gadgets.example.io"],
            "spec": spec,
        ]
    }

    static let webhook: JSONValue = [
        "strategy": "Webhook",
        "webhook": ["conversionReviewVersions": ["v1"], "clientConfig": ["url": "https://converter.test:8443/convert"]],
    ]

    /// What the conversion webhook does.
    static func convert(_ object: JSONValue, to version: JSONValue) -> JSONValue {
        var result = object
        result["apiVersion"] = version
        if version == "example.io/v2" {
            result[path: "spec", "size"] = nil
            if let size = object[path: "spec", "size"] { result[path: "spec", "shape", "size"] = size }
        } else {
            result[path: "spec", "shape"] = nil
            result[path: "spec", "color"] = nil
            if let size = object[path: "spec", "shape", "size"] { result[path: "spec", "size"] = size }
            if let color = object[path: "spec", "color"] { result[path: "metadata", "annotations", "color"] = color }
        }
        return result
    }

    static func respond(_ request: JSONValue) -> JSONValue {
        let version = request["desiredAPIVersion"] ?? .null
        let objects = (request["objects"]?.arrayValue ?? []).map { convert($0, to: version) }
        return ["result": ["status": "Success"], "convertedObjects": .array(objects)]
    }

    static func served(
        storage: String = "v2", conversion: JSONValue? = webhook
    ) async throws -> (api: API, webhooks: ScriptedWebhooks) {
        let webhooks = ScriptedWebhooks()
        webhooks.on("/convert", respond)
        let api = API(webhooks: webhooks)
        let created = try await api.call(.post, definitions, definition(storage: storage, conversion: conversion))
        try #require(created.status == 201, "\(created.body.text)")
        return (api, webhooks)
    }

    static func gadget(_ name: String, version: String = "v1", _ spec: JSONValue) -> JSONValue {
        ["apiVersion": .string("example.io/\(version)"), "kind": "Gadget", "metadata": ["name": .string(name)], "spec": spec]
    }
}
