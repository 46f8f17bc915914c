import JSON
import KubernetesSchema
import SpiceTypes
import Testing

/// An object is judged without a server as a server would: defaults, dropped fields and errors of its own version's schema.
@Suite struct JudgementTests {
    static func definition(_ versions: JSONValue) throws -> CustomResourceDefinition {
        try #require(
            CustomResourceDefinition(["spec": ["group": "example.io", "names": ["kind": "Widget"], "versions": versions]]))
    }

    static func version(_ name: String, served: Bool = true, deprecated: Bool = false, warning: String? = nil) -> JSONValue {
        var version: JSONValue = [
            "name": .string(name), "served": .bool(served), "storage": false,
            "schema": [
                "openAPIV3Schema": [
                    "type": "object",
                    "properties": [
                        "spec": [
                            "type": "object", "required": ["size"],
                            "properties": ["size": ["type": "integer"], "mode": ["type": "string", "default": "A"]],
                        ]
                    ],
                ]
            ],
        ]
        if deprecated { version["deprecated"] = true }
        if let warning { version["deprecationWarning"] = .string(warning) }
        return version
    }

    @Test func defaultsAndErrors() throws {
        let judgement = try Self.definition([Self.version("v1")]).judge([
            "apiVersion": "example.io/v1", "kind": "Widget", "metadata": ["name": "w"], "spec": ["sise": 1],
        ])
        #expect(judgement.object[path: "spec", "mode"] == "A")
        #expect(judgement.object[path: "spec", "sise"] == nil)
        #expect(judgement.unknownFields == ["spec.sise"])
        #expect(judgement.errors.map(\.field) == ["spec.size"])
    }

    @Test func wrongVersionAndKind() throws {
        let definition = try Self.definition([Self.version("v1"), Self.version("v0", served: false)])
        #expect(throws: FieldError.unsupported("apiVersion", "example.io/v0", ["example.io/v1"])) {
            try definition.judge(["apiVersion": "example.io/v0", "kind": "Widget"])
        }
        #expect(throws: FieldError.unsupported("kind", "Gadget", ["Widget"])) {
            try definition.judge(["apiVersion": "example.io/v1", "kind": "Gadget"])
        }
        #expect(throws: FieldError.self) { try definition.judge(.null) }
    }

    /// Without words of its own a deprecated version points to the best one that is newer, served and not deprecated.
    @Test func deprecationWarnings() throws {
        let definition = try Self.definition([
            Self.version("v1", deprecated: true), Self.version("v2"), Self.version("v3", served: false),
            Self.version("v1alpha1", deprecated: true, warning: "stop"), Self.version("v4", deprecated: true),
        ])
        #expect(
            definition.versions.map(\.deprecationWarning) == [
                "example.io/v1 Widget is deprecated; use example.io/v2 Widget", nil, nil, "stop",
                "example.io/v4 Widget is deprecated",
            ])
    }

    /// The suite's own CRDs are structural, and their schemas take a set as the documentation writes it.
    @Test func ownDefinitions() throws {
        for text in GeneratedCRDs.all {
            let json = try JSONValue(parsing: text)
            let definition = try #require(CustomResourceDefinition(json))
            for version in json[path: "spec", "versions"]?.arrayValue ?? [] {
                let schema = version[path: "schema", "openAPIV3Schema"] ?? .null
                #expect(StructuralSchema.errors(of: schema, path: "openAPIV3Schema") == [])
            }
            guard definition.kind == "SpicepodSet" else { continue }
            let judgement = try definition.judge([
                "apiVersion": "spice.ai/v2", "kind": "SpicepodSet", "metadata": ["name": "s"],
                "spec": ["spicepod": ["version": "v1", "kind": "Spicepod", "name": "s"]],
            ])
            #expect(judgement.errors == [])
            #expect(judgement.unknownFields == [])
        }
    }
}
