import JSON
import SpiceTypes
import Testing

/// The CRD says every field with a description, is structural, and carries the rules of the types.
@Suite struct SchemaTests {
    private let schema: JSONValue

    init() throws {
        let definition = try JSONValue(parsing: GeneratedCRDs.spicepodSets)
        let version = try #require(definition[path: "spec", "versions"]?.arrayValue?.first { $0["name"] == "v2" })
        schema = try #require(version[path: "schema", "openAPIV3Schema"])
    }

    private func field(_ path: String...) -> JSONValue? {
        var node: JSONValue? = schema
        for name in path { node = name == "[]" ? node?["items"] : node?["properties"]?[name] }
        return node
    }

    @Test func everyFieldIsDescribed() {
        var missing: [String] = []
        func walk(_ node: JSONValue, _ path: String) {
            for (name, property) in node["properties"]?.objectValue ?? [:] where path + name != "metadata" {
                if (property["description"]?.stringValue ?? "").count < 4 { missing.append(path + name) }
                walk(property, "\(path)\(name).")
                if let items = property["items"] { walk(items, "\(path)\(name)[].") }
            }
        }
        walk(schema, "")
        #expect(missing.sorted() == [])
    }

    @Test func fieldsOfThePageAreThere() {
        for name in [
            "replicas", "spicepod", "image", "http", "flight", "metrics", "resources", "env", "envFromSource",
            "volumeClaimTemplates",
            "volumeMounts", "serviceAccount", "updateStrategy", "standbyVersion", "service", "network", "annotations", "labels",
            "probes", "nodeAffinity", "tolerations", "terminationGracePeriodSeconds", "progressDeadlineSeconds",
            "podDisruptionBudget",
        ] {
            #expect(field("spec", name) != nil, "\(name)")
        }
    }

    @Test func markersBecomeSchema() {
        #expect(field("spec", "replicas")?["default"] == 1)
        #expect(field("spec", "replicas")?["minimum"] == 0)
        #expect(field("spec", "http", "port")?["maximum"] == 65535)
        #expect(field("spec", "updateStrategy", "type")?["enum"] == ["RollingOrdered", "RollingParallel", "BlueGreen", "Parallel"])
        #expect(field("spec", "spicepod")?["x-kubernetes-preserve-unknown-fields"] == true)
        #expect(field("spec")?["required"] == nil)
        #expect(field("status", "conditions")?["x-kubernetes-list-map-keys"] == ["type"])
        #expect(field("spec", "env", "[]")?["required"] == ["name"])
        #expect(field("spec", "resources", "requests")?["additionalProperties"]?["x-kubernetes-int-or-string"] == true)
    }

    /// Executors of a cluster fetch their Spicepod: no schema can require it of every set.
    @Test func onlyExecutorsHaveNoSpicepod() {
        let rules = field("spec")?["x-kubernetes-validations"]?.arrayValue ?? []
        #expect(rules.count == 2)
        let rule = rules.first { $0["fieldPath"] == ".spicepod" }
        #expect(rule?["rule"] == "has(self.spicepod) || (has(self.cluster) && self.cluster.role == 'executor')")
        #expect(rule?["reason"] == "FieldValueRequired")
    }
}
