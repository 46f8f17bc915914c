import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Executors fetch the Spicepod from the schedulers when they start, and serve no HTTP that could be asked.
@Suite struct ExecutorTests {
    private static let spec = "{replicas: 2, cluster: {name: c, role: executor}}"

    @Test func nothingIsMountedAndNothingIsProbed() throws {
        let cluster = try ClusterNodeTests.converged(Self.spec)
        let pod = try #require(cluster.object(.statefulSets, "demo-0")?[path: "spec", "template", "spec"])
        #expect(pod["volumes"]?.arrayValue?.contains { $0["configMap"] != nil } == false)
        let container = try #require(pod["containers"]?[0])
        #expect(container["volumeMounts"]?.arrayValue?.contains { $0["mountPath"] == "/app/spicepod.yaml" } == false)
        for probe in ["startupProbe", "livenessProbe", "readinessProbe"] { #expect(container[probe] == nil) }
    }

    /// The version's record stays, with the template and without a Spicepod, also where telemetry properties are set.
    @Test func theRecordHoldsNoSpicepod() throws {
        var set = try Sample.set(yaml: Self.spec)
        set.spec.spicepod = nil
        var cluster = Cluster(set, settings: Settings(telemetryProperties: ["environment": "production"]))
        try cluster.converge()
        let name = try #require(cluster.names(.configMaps).first)
        let record = try #require(cluster.object(.configMaps, name))
        #expect(record["data"] == nil)
        #expect(record[path: "metadata", "annotations"]?["spice.ai/pod-template"] != nil)
    }

    /// Another definition at the schedulers starts executors anew, and says so.
    @Test func anotherDefinitionRolls() throws {
        var cluster = try ClusterNodeTests.converged(Self.spec)
        let old = try cluster.version
        cluster.edit { $0.cluster?.definition = "0123abcd" }
        #expect(try cluster.version != old)
        #expect(try cluster.told().contains { $0.contains("the schedulers' Spicepod changed") })
    }

    @Test(arguments: [("scheduler", "scheduler"), ("executor", "executor")])
    func theStatusTellsTheRole(role: String, told: String) throws {
        let cluster = try ClusterNodeTests.converged("{cluster: {name: c, role: \(role)}}")
        #expect(cluster.set.status?.role == told)
    }

    /// A node is reached by its own name, which pods of a Deployment do not have.
    @Test(arguments: ["scheduler", "executor"])
    func neverADeployment(role: String) throws {
        var set = try Sample.set(yaml: "{cluster: {name: c, role: \(role)}}")
        if role == "executor" { set.spec.spicepod = nil }
        var cluster = Cluster(set, settings: Settings(adaptiveDeployment: true))
        try cluster.converge()
        #expect(cluster.names(.deployments) == [])
        #expect(cluster.names(.statefulSets) == ["demo-0"])
    }
}
