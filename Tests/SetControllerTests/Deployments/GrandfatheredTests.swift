import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A Deployment of an earlier operator version serves on as it is while the spec is simple, and takes up new versions.
@Suite struct GrandfatheredTests {
    static func cluster(_ configure: (inout SpicepodSetSpec) -> Void = { _ in }) -> Cluster {
        var cluster = Cluster(Sample.set("demo", configure))
        cluster.fleet.addLegacyDeployment()
        return cluster
    }

    /// Only its metadata is written: what makes its pods stays as it was, and so does the pod.
    @Test func adopted() throws {
        var cluster = Self.cluster()
        let pods = cluster.fleet.pods
        let plan = try cluster.plan()
        let written = try #require(plan.object(.deployments, "demo"))
        #expect(written["spec"] == ["replicas": 1])
        let version = try cluster.version
        #expect(written[path: "metadata", "annotations"]?[AnnotationKey.fullVersion] == .string(version.sha))
        #expect(written[path: "metadata", "uid"] != nil)
        try cluster.converge()
        #expect(cluster.fleet.pods == pods)
        #expect(cluster.names(.statefulSets) == [])
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
        #expect(cluster.set.status?.replicas == "1/1")
        #expect(cluster.set.status?.updatedReplicas == 1)
        #expect(cluster.set.status?.activeVersion == version.sha)
    }

    /// The Service selects by the Deployment's own labels and by port numbers: its pod has no others.
    @Test func serviceSelectsThePodThatIsThere() throws {
        var cluster = Self.cluster()
        try cluster.reconcile()
        let service = try #require(cluster.object(.services, "demo"))
        #expect(service[path: "spec", "selector"] == ["app": "demo"])
        let targets = service[path: "spec", "ports"]?.arrayValue?.compactMap { $0["targetPort"] }
        #expect(targets == [8090, 8090, 50051, 9090])
        #expect(cluster.endpoints == ["demo-legacy"])
    }

    /// A new version replaces the template as a whole, keeps the selector's labels, and never leaves the Service without a pod.
    @Test func takesUpANewVersion() throws {
        var cluster = Self.cluster()
        try cluster.converge()
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        let plan = try cluster.plan()
        #expect(plan.apply.first { $0.resource == .deployments }?.takesOver == true)
        let template = plan.object(.deployments, "demo")?[path: "spec", "template", "metadata", "labels"]
        #expect(template?["app"] == "demo")
        let short = try cluster.version.short
        #expect(template?[LabelKey.version] == .string(short))
        #expect(template?[LabelKey.layout] == "deployment")

        #expect(try cluster.fewestEndpoints() == 1)
        try cluster.converge()
        #expect(cluster.fleet.pods.map(\.version) == [short])
        #expect(cluster.set.status?.activeVersion == (try cluster.version.sha))
        let service = try #require(cluster.object(.services, "demo"))
        #expect(service[path: "spec", "selector"] == ["app": "demo"])
        #expect(try cluster.plan().apply.first { $0.resource == .deployments }?.takesOver == false)
    }

    /// As long as the pod before may have unnamed ports, the Service asks for numbers: until it is gone, and whoever makes the
    /// endpoints knows of the next one for sure.
    @Test func numbersUntilItIsRolled() throws {
        func target(_ cluster: Cluster) -> JSONValue? {
            cluster.object(.services, "demo")?[path: "spec", "ports"]?[0]?["targetPort"]
        }
        var cluster = Self.cluster()
        try cluster.converge()
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.reconcile()
        for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        try cluster.reconcile()
        #expect(cluster.endpoints == ["demo-legacy"])
        #expect(target(cluster) == 8090)
        try cluster.converge()
        let pod = try #require(cluster.endpoints.first)
        cluster.fleet.setReadySince(pod, cluster.now)
        let plan = try cluster.reconcile()
        #expect(target(cluster) == 8090)
        #expect(plan.lookAgain == .seconds(30))
        cluster.now = cluster.now + .seconds(30)
        try cluster.converge()
        #expect(target(cluster) == "http")
    }

    /// A spec that changed while no operator looked is rolled out: the Deployment cannot be taken for up to date then.
    @Test func aChangeThatNobodySaw() throws {
        var cluster = Self.cluster()
        cluster.set.metadata.generation = 3
        cluster.set.status = SpicepodSetStatus { $0.observedGeneration = 2 }
        #expect(try cluster.fewestEndpoints() == 0, "before the first plan there is no Service of ours")
        try cluster.converge()
        #expect(cluster.fleet.pods.map(\.version) == [try cluster.version.short])
    }

    /// Gone is gone: without the flag, StatefulSets take its place.
    @Test func isNotMadeAnew() throws {
        var cluster = Self.cluster()
        try cluster.converge()
        cluster.fleet.removeWorkload(uid: cluster.fleet.deployment?.uid ?? "")
        try cluster.converge()
        #expect(cluster.fleet.deployment == nil)
        #expect(cluster.names(.statefulSets) == ["demo-0"])
        #expect(cluster.endpoints == ["demo-0-0"])
    }

    /// A selector that holds a version cannot follow to another one.
    @Test func aSelectorThatCannotRoll() throws {
        var cluster = Cluster(Sample.set())
        cluster.fleet.addLegacyDeployment(selector: ["app": "demo", LabelKey.version: "old"])
        cluster.fleet.workloads[0].deployment?.canRoll = false
        try cluster.reconcile()
        #expect(try cluster.fewestEndpoints() == 1)
        cluster.now = cluster.now + .seconds(30)
        try cluster.converge()
        #expect(cluster.fleet.deployment == nil)
        #expect(cluster.endpoints == ["demo-0-0"])
    }
}
