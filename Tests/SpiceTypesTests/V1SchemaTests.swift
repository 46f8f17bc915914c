import JSON
import SpiceTypes
import Testing

/// v1 is served, deprecated and never stored; its schema has both dialects and leaves every default to the conversion.
@Suite struct V1SchemaTests {
    private let definition: JSONValue
    private let version: JSONValue
    private let v2: JSONValue

    init() throws {
        definition = try JSONValue(parsing: GeneratedCRDs.spicepodSets)
        let versions = try #require(definition[path: "spec", "versions"]?.arrayValue)
        version = try #require(versions.first { $0["name"] == "v1" })
        v2 = try #require(versions.first { $0["name"] == "v2" })
    }

    private func properties(_ version: JSONValue, _ path: String...) -> [String: JSONValue] {
        var node = version[path: "schema", "openAPIV3Schema"]
        for name in path { node = node?["properties"]?[name] }
        return node?["properties"]?.objectValue ?? [:]
    }

    @Test func isDeprecatedInFavourOfV2() {
        #expect(version["served"] == true)
        #expect(version["storage"] == false)
        #expect(version["deprecated"] == true)
        let warning = version["deprecationWarning"]?.stringValue ?? ""
        #expect(warning.contains("spice.ai/v2") && warning.contains("spiceai-operator convert"))
        // the API server's limit
        #expect(warning.utf8.count <= 256)
        #expect(v2["storage"] == true)
        #expect(v2["deprecated"] == nil)
    }

    @Test func isConvertedByTheSetController() {
        #expect(
            definition[path: "spec", "conversion"] == [
                "strategy": "Webhook",
                "webhook": [
                    "conversionReviewVersions": ["v1"],
                    "clientConfig": [
                        "service": [
                            "name": "set-controller-webhook", "namespace": "spiceai-operator-system", "path": "/convert",
                            "port": 443,
                        ]
                    ],
                ],
            ])
        #expect(definition[path: "metadata", "labels", "spice.ai/serving-certificate"] == "set-controller-webhook-tls")
    }

    @Test func hasBothDialects() {
        let spec = properties(version, "spec")
        for name in [
            "spiceai_image_registry", "spiceai_image_name", "spiceai_image_tag", "spiceai_image_pull_secret", "image", "spiced",
            "httpPort", "flightPort", "metricsPort", "env_from_source", "envFromSource", "volume", "service_account",
            "serviceAccount", "update_strategy", "updateStrategy", "instantRollback", "egress", "ingress", "dnsPolicy", "dnsConfig",
            "network", "enable_service", "enableService", "annotations", "labels", "probes", "nodeAffinity", "tolerations",
            "terminationGracePeriodSeconds", "resources", "replicas", "env", "spicepod",
        ] {
            #expect(spec[name] != nil, "\(name)")
        }
        #expect(Set(properties(version, "spec", "spiced").keys) == ["http_port", "flight_port", "metrics_port"])
        #expect(
            Set(properties(version, "spec", "volume").keys)
                == ["storageClassName", "storageRequests", "storage_class_name", "storage_requests"])
    }

    @Test func aSpicepodMayBeAnything() {
        let spicepod = properties(version, "spec")["spicepod"]
        #expect(spicepod?["type"] == nil)
        #expect(spicepod?["x-kubernetes-preserve-unknown-fields"] == true)
    }

    /// With defaults the API server would fill in what was left out, and it could not be left out again in v2.
    @Test func hasNoDefaults() {
        var found: [String] = []
        func walk(_ node: JSONValue, _ path: String) {
            if node["default"] != nil { found.append(path) }
            for (name, property) in node["properties"]?.objectValue ?? [:] { walk(property, "\(path).\(name)") }
            for key in ["items", "additionalProperties"] { if let inner = node[key] { walk(inner, "\(path)[]") } }
        }
        walk(version[path: "schema", "openAPIV3Schema"] ?? [:], "")
        #expect(found == [])
    }

    @Test func everyFieldSaysThatItIsDeprecated() {
        var fields = [properties(version, "spec"), properties(version, "status")]
        for name in ["image", "spiced", "volume", "updateStrategy", "update_strategy", "instantRollback"] {
            fields.append(properties(version, "spec", name))
        }
        for (name, field) in fields.flatMap({ $0 }) {
            let description = field["description"]?.stringValue ?? ""
            #expect(description.hasPrefix("# Deprecated: ") && description.contains("spice.ai/v2"), "\(name): \(description)")
        }
    }

    @Test func theStatusDiffersInOneFieldOnly() {
        var old = properties(version, "status")
        var new = properties(v2, "status")
        #expect(Set(old.keys) == Set(new.keys))
        #expect(old["standbyExpiresAt"]?["type"] == "integer")
        for name in new.keys where name != "standbyExpiresAt" {
            old[name]?["description"] = nil
            new[name]?["description"] = nil
            #expect(old[name] == new[name], "\(name)")
        }
    }

    @Test func scalesLikeV2() {
        #expect(version["subresources"] == v2["subresources"])
        #expect(version["additionalPrinterColumns"] == v2["additionalPrinterColumns"])
    }
}
