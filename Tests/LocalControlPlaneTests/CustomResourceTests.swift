import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Custom resources are validated, pruned and defaulted by their CRD's structural schema.
@Suite struct CustomResourceTests {
    @Test func definitionIsEstablished() async throws {
        let api = try await API.withWidgets()
        let answer = try await api.call(.get, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.io")
        let conditions = answer.body[path: "status", "conditions"]?.arrayValue ?? []
        #expect(conditions.compactMap { $0["type"]?.stringValue } == ["NamesAccepted", "Established"])
        #expect(answer.body[path: "spec", "names", "listKind"] == "WidgetList")
        #expect(answer.body[path: "status", "storedVersions"] == ["v1"])
    }

    /// Every broken rule is one cause with its field, in the words of a real API server.
    @Test func validation() async throws {
        let api = try await API.withWidgets()
        let answer = try await api.call(
            .post, Path.widgets,
            widget(
                "w",
                [
                    "name": "abcdefG", "replicas": -1, "mode": "C", "tags": ["a", "a", "b"], "port": true, "ports": [["port": 1]],
                    "nested": "str",
                ]))
        #expect(answer.status == 422)
        let causes = (answer.body[path: "details", "causes"]?.arrayValue ?? []).map {
            "\($0["field"]?.stringValue ?? ""): \($0["message"]?.stringValue ?? "")"
        }
        let expected: Set<String> = [
            "spec.name: Too long: may not be more than 5 bytes",
            "spec.mode: Unsupported value: \"C\": supported values: \"A\", \"B\"",
            "spec.nested: Invalid value: \"string\": spec.nested in body must be of type object: \"string\"",
            "spec.port: Invalid value: \"boolean\": spec.port in body must be of type integer,string: \"boolean\"",
            "spec.ports[0].name: Required value",
            "spec.replicas: Invalid value: -1: spec.replicas in body should be greater than or equal to 0",
            "spec.tags: Too many: 3: must have at most 2 items",
            ".spec.replicas: Invalid value: -1: should be a non-negative integer",
            "spec.tags[1]: Duplicate value: \"a\"",
        ]
        #expect(Set(causes) == expected)
        #expect(answer.message.hasPrefix("Widget.example.io \"w\" is invalid: ["))
    }

    @Test func missingRequired() async throws {
        let api = try await API.withWidgets()
        let answer = try await api.call(.post, Path.widgets, widget("w", [:]))
        #expect(answer.message == "Widget.example.io \"w\" is invalid: spec.name: Required value")
    }

    /// Unknown fields are dropped with a warning, or refused where the client says so; preserved where the schema says so.
    @Test func unknownFields() async throws {
        let api = try await API.withWidgets()
        let object = widget("w", ["name": "abc", "bogus": 1, "any": ["kept": ["deep": 1]], "nested": ["z": 1]])
        let strict = try await api.call(.post, "\(Path.widgets)?fieldValidation=Strict", object)
        #expect(strict.status == 400)
        #expect(
            strict.message
                == "Widget in version \"v1\" cannot be handled as a Widget: strict decoding error: unknown field \"spec.bogus\", "
                + "unknown field \"spec.nested.z\"")
        let warned = try await api.call(.post, "\(Path.widgets)?fieldValidation=Warn", object)
        #expect(warned.status == 201)
        #expect(warned.headers["Warning"] == "299 - \"unknown field \\\"spec.bogus\\\"\"")
        #expect(warned.body[path: "spec", "bogus"] == nil)
        #expect(warned.body[path: "spec", "any"] == ["kept": ["deep": 1]])
    }

    /// Defaults fill what is absent, and a null that may not be one.
    @Test func defaults() async throws {
        let api = try await API.withWidgets()
        let answer = try await api.call(.post, Path.widgets, widget("w", ["name": "abc", "mode": .null, "hint": .null]))
        #expect(answer.body["spec"] == ["name": "abc", "mode": "A", "replicas": 1, "hint": .null])
    }

    /// All served versions show the same object.
    @Test func versions() async throws {
        let api = try await API.withWidgets()
        var object = widget("w", ["name": "abc"])
        object["apiVersion"] = "example.io/v1beta1"
        let created = try await api.call(.post, "/apis/example.io/v1beta1/namespaces/default/widgets", object)
        #expect(created.body["apiVersion"] == "example.io/v1beta1")
        let other = try await api.call(.get, "\(Path.widgets)/w")
        #expect(other.body["apiVersion"] == "example.io/v1")
        #expect(other.body["spec"] == created.body["spec"])
    }

    /// The scale subresource reads and writes the paths the CRD names.
    @Test func scale() async throws {
        let api = try await API.withWidgets()
        try await api.call(.post, Path.widgets, widget("w", ["name": "abc", "replicas": 2]))
        try await api.merge("\(Path.widgets)/w/status", ["status": ["replicas": 1, "selector": "app=w"]])
        let scale = try await api.call(.get, "\(Path.widgets)/w/scale")
        #expect(scale.body["kind"] == "Scale")
        #expect(scale.body["spec"] == ["replicas": 2])
        #expect(scale.body["status"] == ["replicas": 1, "selector": "app=w"])
        try await api.merge("\(Path.widgets)/w/scale", ["spec": ["replicas": 7]])
        let object = try await api.call(.get, "\(Path.widgets)/w")
        #expect(object.body[path: "spec", "replicas"] == 7)
        let owners = object.body[path: "metadata", "managedFields"]?.arrayValue ?? []
        #expect(owners.contains { $0["subresource"] == "scale" })
    }

    /// With the CRD go its objects and its path.
    @Test func removal() async throws {
        let api = try await API.withWidgets()
        try await api.call(.post, Path.widgets, widget("w", ["name": "abc"]))
        try await api.call(.delete, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.io")
        #expect(try await api.call(.get, "\(Path.widgets)/w").status == 404)
        try await api.call(.post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", widgetDefinition)
        #expect(try await api.call(.get, Path.widgets).body["items"] == [])
    }

    /// A schema that is not structural is refused.
    @Test func notStructural() async throws {
        let api = API()
        var definition = widgetDefinition
        definition[path: "spec", "versions"] = [
            [
                "name": "v1", "served": true, "storage": true,
                "schema": [
                    "openAPIV3Schema": ["type": "object", "properties": ["spec": ["properties": ["a": ["type": "string"]]]]]
                ],
            ]
        ]
        let answer = try await api.call(.post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition)
        #expect(answer.status == 422)
        #expect(answer.message.contains("must not be empty for specified object fields"))
    }
}
