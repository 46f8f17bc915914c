import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing
import YAML

/// What the command line does without a cluster: it reads manifests in any form, and its errors name file, line and field.
struct CommandLineTests {
    private func run(_ arguments: String..., input: String? = nil) async throws -> Program.Result {
        try await Program.run(TestRun.operatorCLI, arguments, input: input)
    }

    private let pages = "\(TestRun.repository)/Tests/EndToEndTests/Pages"

    /// Converted manifests are v2, whole, and clean of what the conversion notes for itself.
    @Test func convert() async throws {
        let result = try await run("convert", "-f", "\(pages)/v1.yaml")
        #expect(result.status == 0, "\(result.errors)")
        let sets = try YAML.documents(result.output)
        #expect(sets.map(\.name) == ["earliest", "later", "upgraded", "bare", "mixed"])
        for set in sets {
            #expect(set["apiVersion"] == "spice.ai/v2")
            #expect(set[path: "metadata", "annotations"] == nil)
        }
        let json = try await run("convert", "-f", "-", "--to", "v1", "--output", "json", input: result.output)
        let list = try JSONValue(parsing: json.output)
        #expect(list["kind"] == "List")
        #expect(list["items"]?.arrayValue?.allSatisfy { $0["apiVersion"] == "spice.ai/v1" } == true)
    }

    /// Objects of other kinds pass as they are; JSON and Lists are read like YAML.
    @Test func convertLeavesOthersAlone() async throws {
        let input =
            #"{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"}}]}"#
        let result = try await run("convert", "-f", "-", input: input)
        #expect(try YAML.parse(result.output)["data"] == ["x": "1"])
    }

    @Test func validate() async throws {
        let good = try await run("validate", "-f", "\(pages)/v2.yaml", "-f", "\(TestRun.repository)/examples")
        #expect(good.status == 0, "\(good.output)")
        #expect(good.output.contains(" 0 errors"))
        let bad = try await run(
            "validate", "-f", "-",
            input: """
                apiVersion: spice.ai/v2
                kind: SpicepodSet
                metadata: {name: bad}
                spec:
                  bogus: 1
                  labels:
                    spice.ai/app: mine
                  spicepod:
                    {name: bad, kind: Spicepod, version: v1}
                """)
        #expect(bad.status == 1)
        #expect(bad.output.contains("standard input:5: error: spec.bogus: unknown field"))
        #expect(bad.output.contains("standard input:6: error: spec.labels[spice.ai/app]: "))
        #expect(bad.output.contains("1 objects: 2 errors"))
    }

    /// The objects are those that a cluster would get, and nothing is printed for a set that would not be made.
    @Test func render() async throws {
        let result = try await run("render", "-f", "\(TestRun.repository)/examples/persistent.yaml")
        let objects = try YAML.documents(result.output)
        #expect(objects.count { $0["kind"] == "StatefulSet" } == 3)
        #expect(objects.contains { $0["kind"] == "Service" && $0.name == "persistent" })
        let refused = try await run(
            "render", "-f", "-",
            input: "apiVersion: spice.ai/v2\nkind: SpicepodSet\nmetadata: {name: x}\nspec: {spicepod: {kind: Spicepod, name: x}}\n")
        #expect(refused.status != 0 && refused.output.isEmpty)
        #expect(refused.errors.contains("standard input:4: spec.spicepod.version: "), "\(refused.errors)")
    }

    @Test func namesThePlaceOfAMistake() async throws {
        let syntax = try await run("convert", "-f", "-", input: "a: b\n  c: d\n")
        #expect(syntax.status != 0 && syntax.errors.contains("standard input:2:"), "\(syntax.errors)")
        let kind = try await run("convert", "-f", "-", input: "a: b\n")
        #expect(kind.errors.contains("standard input:1: a manifest is an object with apiVersion and kind"))
        let missing = try await run("convert", "-f", "/nowhere.yaml")
        #expect(missing.errors.contains("/nowhere.yaml: No such file"))
    }

    @Test(arguments: ["v1", "v2"]) func jsonSchema(version: String) async throws {
        let result = try await run("json-schema", "--kind", "SpicepodSet", "--version", version)
        let schema = try JSONValue(parsing: result.output)
        #expect(schema[path: "properties", "spec", "properties"]?["spicepod"] != nil)
        #expect(schema[path: "properties", "apiVersion", "enum"] == [.string("spice.ai/\(version)")])
    }

    /// `run` is set-controller with the rest of the suite, by the flags of either spelling.
    @Test(arguments: ControlPlane.available) func runsTheSuite(_ kind: ControlPlane) async throws {
        try await World.with(kind, "run") { world in
            let program = try Program(
                TestRun.operatorCLI,
                [
                    "run", "--kubeconfig", world.plane.kubeconfig, "--watch-namespaces", world.namespace, "--operator-namespace",
                    world.namespace, "--http-endpoint", "127.0.0.1:0", "--metrics-endpoint", "127.0.0.1:0",
                    "--webhook-bind-address", "127.0.0.1:0", "--telemetry-properties", "environment=test", "--verbose",
                ], log: "\(world.directory)/run.log")
            try await world.make("whole")
            try await world.ready("whole")
            program.signal(SIGTERM)
            #expect(try await program.exited() == 0)
        }
    }
}
