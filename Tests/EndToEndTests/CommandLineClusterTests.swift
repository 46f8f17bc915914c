import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing
import YAML

/// The command line knows clusters as it knows sets: both versions, all commands that need no cluster.
struct CommandLineClusterTests {
    private func run(_ arguments: String..., input: String? = nil) async throws -> Program.Result {
        try await Program.run(TestRun.operatorCLI, arguments, input: input)
    }

    private let page = """
        apiVersion: spice.ai/v1alpha1
        kind: SpicepodCluster
        metadata:
          name: my-cluster
          namespace: default
        spec:
          schedulerSetSpec:
            replicas: 1
            spicepod:
              version: v1
              kind: Spicepod
              name: my-cluster-scheduler
          executorSetSpec:
            replicas: 3
        """

    @Test func crdHasBothKinds() async throws {
        let result = try await run("crd")
        #expect(try YAML.documents(result.output).map(\.name) == ["spicepodsets.spice.ai", "spicepodclusters.spice.ai"])
    }

    @Test func jsonSchema() async throws {
        let result = try await run("json-schema", "--kind", "SpicepodCluster", "--version", "v1alpha1")
        let schema = try JSONValue(parsing: result.output)
        #expect(schema[path: "properties", "spec", "required"] == ["executorSetSpec", "schedulerSetSpec"])
    }

    @Test func convert() async throws {
        let new = try await run("convert", "-f", "-", input: page)
        let cluster = try YAML.parse(new.output)
        #expect(cluster["apiVersion"] == "spice.ai/v2")
        #expect(cluster[path: "spec", "executorSpec", "replicas"] == 3)
        #expect(cluster[path: "metadata", "annotations"] == nil)
        let old = try await run("convert", "-f", "-", "--to", "v1alpha1", input: new.output)
        #expect(try YAML.parse(old.output)[path: "spec", "executorSetSpec", "replicas"] == 3)
    }

    /// The page's example is taken, with a warning for what current runtimes want besides.
    @Test func validateTheExampleOfThePage() async throws {
        let result = try await run("validate", "-f", "-", input: page)
        #expect(result.status == 0, "\(result.output)")
        #expect(
            result.output.contains("standard input:9: warning: spec.schedulerSetSpec.spicepod.runtime.scheduler.state_location: "))
        #expect(result.output.contains("1 objects: 0 errors, 2 warnings"))
    }

    @Test func validateNamesLineAndField() async throws {
        let result = try await run(
            "validate", "-f", "-",
            input: """
                apiVersion: spice.ai/v2
                kind: SpicepodCluster
                metadata: {name: c}
                spec:
                  schedulerSpec:
                    spicepod: {name: c, kind: Spicepod, version: v2, runtime: {scheduler: {state_location: s3://b/p}}}
                    image:
                      tag: ""
                  executorSpec:
                    spicepod: {name: c}
                    probes: {liveness: {periodSeconds: 5}}
                """)
        #expect(result.status == 1)
        #expect(result.output.contains("standard input:8: error: spec.schedulerSpec.image.tag: "), "\(result.output)")
        #expect(result.output.contains("standard input:10: error: spec.executorSpec.spicepod: is not for executors"))
        #expect(result.output.contains("standard input:11: error: spec.executorSpec.probes: are not for executors"))
        #expect(result.output.contains("1 objects: 3 errors, 0 warnings"))
    }

    /// First the sets, then what becomes of them.
    @Test func render() async throws {
        let result = try await run("render", "-f", "-", input: page)
        #expect(result.status == 0, "\(result.errors)")
        let objects = try YAML.documents(result.output)
        #expect(objects.prefix(2).map { $0["kind"] } == ["SpicepodSet", "SpicepodSet"])
        #expect(objects.prefix(2).map(\.name) == ["my-cluster-scheduler", "my-cluster-executor"])
        #expect(objects[2]["kind"] == "Service" && objects[2].name == "my-cluster-discovery")
        #expect(objects.allSatisfy { $0[path: "metadata", "ownerReferences"] == nil })
        let workloads = objects.filter { $0["kind"] == "StatefulSet" }.map(\.name)
        #expect(
            workloads == [
                "my-cluster-scheduler-0", "my-cluster-executor-0", "my-cluster-executor-1", "my-cluster-executor-2",
            ])
    }

    @Test func renderRefusesWhatCouldNotRun() async throws {
        let refused = try await run(
            "render", "-f", "-", input: page.replacingOccurrences(of: "    replicas: 3", with: "    spicepod: {name: x}"))
        #expect(refused.status != 0 && refused.output.isEmpty)
        #expect(refused.errors.contains("standard input:14: spec.executorSetSpec.spicepod: "), "\(refused.errors)")
    }
}
