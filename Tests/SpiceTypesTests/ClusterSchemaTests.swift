import JSON
import SpiceTypes
import Testing

/// The CRD of SpicepodCluster: v2 is stored, v1alpha1 has the nodes' fields in the notations of a v1 SpicepodSet.
@Suite struct ClusterSchemaTests {
    private let definition: JSONValue
    private let v2: JSONValue
    private let v1alpha1: JSONValue

    init() throws {
        definition = try JSONValue(parsing: GeneratedCRDs.spicepodClusters)
        let versions = try #require(definition[path: "spec", "versions"]?.arrayValue)
        v2 = try #require(versions.first { $0["name"] == "v2" })
        v1alpha1 = try #require(versions.first { $0["name"] == "v1alpha1" })
    }

    private func field(_ version: JSONValue, _ path: String...) -> JSONValue? {
        var node = version[path: "schema", "openAPIV3Schema"]
        for name in path { node = node?["properties"]?[name] }
        return node
    }

    @Test func isConvertedByTheClusterController() {
        let service = definition[path: "spec", "conversion", "webhook", "clientConfig", "service"]
        #expect(
            service == [
                "name": "cluster-controller-webhook", "namespace": "spiceai-operator-system", "path": "/convert", "port": 443,
            ])
        #expect(definition[path: "metadata", "labels", "spice.ai/serving-certificate"] == "cluster-controller-webhook-tls")
        #expect(definition[path: "spec", "names", "shortNames"] == ["spc"])
        #expect(definition[path: "spec", "names", "categories"] == ["all", "spice"])
    }

    @Test func v1alpha1IsServedAndDeprecated() {
        #expect(v2["storage"] == true && v2["deprecated"] == nil)
        #expect(v1alpha1["storage"] == false && v1alpha1["served"] == true && v1alpha1["deprecated"] == true)
        #expect(v1alpha1["deprecationWarning"]?.stringValue?.contains("spice.ai/v2") == true)
    }

    /// *Configuration Inheritance* of the SpicepodCluster page, and the notation of upgrades.md.
    @Test func nodesHaveTheFieldsOfThePage() {
        let common = [
            "replicas", "image", "resources", "env", "envFromSource", "network", "nodeAffinity", "tolerations", "serviceAccount",
            "annotations", "labels", "updateStrategy", "probes", "terminationGracePeriodSeconds", "cluster", "spicepod",
        ]
        for role in ["schedulerSpec", "executorSpec"] {
            for name in common + ["http", "flight", "metrics", "volumeClaimTemplates", "volumeMounts"] {
                #expect(field(v2, "spec", role, name) != nil, "\(role).\(name)")
            }
        }
        for role in ["schedulerSetSpec", "executorSetSpec"] {
            for name in common + ["httpPort", "flightPort", "metricsPort", "volume", "spiceai_image_tag", "update_strategy"] {
                #expect(field(v1alpha1, "spec", role, name) != nil, "\(role).\(name)")
            }
            for name in ["instantRollback", "enableService", "enable_service"] {
                #expect(field(v1alpha1, "spec", role, name) == nil, "\(role).\(name)")
            }
            #expect(field(v1alpha1, "spec", role, "cluster", "bindAddress") != nil)
        }
    }

    @Test func theStatusHasTheNamesOfItsVersion() {
        for name in ["rootCertificateReady", "schedulerSpicepodsetName", "executorReadyReplicas", "schedulers", "conditions"] {
            #expect(field(v2, "status", name) != nil && field(v1alpha1, "status", name) != nil, "\(name)")
        }
        for name in ["rootCertificateSecretName", "rootCertificateExpiresAt"] {
            #expect(field(v2, "status", name) != nil && field(v1alpha1, "status", name) == nil, "\(name)")
        }
        for name in ["rootSecretName", "rootExpiresAt", "error"] {
            #expect(field(v2, "status", name) == nil && field(v1alpha1, "status", name) != nil, "\(name)")
        }
    }

    @Test func schedulersAloneHaveASpicepod() {
        #expect(field(v2, "spec", "schedulerSpec")?["required"] == ["spicepod"])
        #expect(field(v2, "spec", "executorSpec")?["required"] == nil)
        #expect(field(v1alpha1, "spec", "schedulerSetSpec")?["required"] == ["spicepod"])
        #expect(field(v1alpha1, "spec", "executorSetSpec")?["required"] == nil)
        let rules = field(v2, "spec", "executorSpec")?["x-kubernetes-validations"]?.arrayValue ?? []
        #expect(rules.compactMap { $0["fieldPath"] } == [".spicepod", ".probes"])
        #expect(rules.allSatisfy { $0["reason"] == "FieldValueForbidden" })
    }

    /// A pattern is told as it is written, and nobody knows what to do.
    @Test func addressesAreRefusedInWords() {
        for (version, role) in [(v2, "executorSpec"), (v1alpha1, "schedulerSetSpec")] {
            for (name, example) in [("bindAddress", "0.0.0.0:50052"), ("schedulerAddress", "https://host:50052")] {
                let address = field(version, "spec", role, "cluster", name)
                #expect(address?["pattern"] == nil)
                let messages = address?["x-kubernetes-validations"]?.arrayValue?.compactMap { $0["message"]?.stringValue } ?? []
                #expect(messages.count == 1 && messages.allSatisfy { $0.contains("; write ") && $0.contains(example) })
            }
        }
    }

    /// What v1alpha1 leaves out must be told from what it says.
    @Test func v1alpha1HasNoDefaults() {
        var found: [String] = []
        func walk(_ node: JSONValue, _ path: String) {
            if node["default"] != nil { found.append(path) }
            for (name, property) in node["properties"]?.objectValue ?? [:] { walk(property, "\(path).\(name)") }
            for key in ["items", "additionalProperties"] { if let inner = node[key] { walk(inner, "\(path)[]") } }
        }
        walk(v1alpha1[path: "schema", "openAPIV3Schema"] ?? [:], "")
        #expect(found == [])
    }
}
