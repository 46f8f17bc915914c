import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// With `--adaptive-deployment` a simple set has a Deployment, any other one StatefulSets, and either way of switching leaves the
/// Service with a pod at all times.
@Suite struct AdaptiveTests {
    private func cluster(_ configure: (inout SpicepodSetSpec) -> Void = { _ in }) -> Cluster {
        Cluster(Sample.set("demo", configure), settings: Settings(adaptiveDeployment: true))
    }

    @Test func aSimpleSetGetsADeployment() throws {
        var cluster = cluster { $0.progressDeadlineSeconds = 120 }
        try cluster.converge()
        #expect(cluster.names(.statefulSets) == [])
        let spec = try #require(cluster.object(.deployments, "demo")?["spec"])
        #expect(spec["strategy"] == ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0]])
        #expect(spec[path: "selector", "matchLabels"] == [LabelKey.spicepod: "demo", LabelKey.layout: "deployment"] as JSONValue)
        #expect(spec["replicas"] == 1)
        #expect(spec["revisionHistoryLimit"] == 2)
        #expect(spec["progressDeadlineSeconds"] == 120)
        #expect(cluster.endpoints.count == 1)
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
        #expect(cluster.object(.services, "demo")?[path: "spec", "selector"]?[LabelKey.layout] == "deployment")
    }

    @Test(arguments: ReplacedDeploymentTests.changes) func anyOtherGetsStatefulSets(change: ReplacedDeploymentTests.Change) throws {
        var cluster = cluster(change.edit)
        try cluster.converge()
        #expect(cluster.fleet.deployment == nil)
        #expect(!cluster.names(.statefulSets).isEmpty)
    }

    /// A member of a cluster has a place in it, and so a stable name.
    @Test func aClusterMemberGetsStatefulSets() throws {
        var cluster = cluster()
        cluster.set.metadata.labels = [LabelKey.cluster: "all"]
        try cluster.converge()
        #expect(cluster.fleet.deployment == nil)
    }

    @Test func bothWays() throws {
        var cluster = cluster()
        try cluster.converge()
        let version = cluster.set.status?.activeVersion
        for replicas: Int32 in [2, 1, 3, 1] {
            cluster.edit { $0.replicas = replicas }
            #expect(try cluster.fewestEndpoints() >= 1)
            cluster.now = cluster.now + .seconds(30)
            try cluster.converge()
            #expect((cluster.fleet.deployment != nil) == (replicas == 1))
            #expect(cluster.names(.statefulSets).count == (replicas == 1 ? 0 : Int(replicas)))
            #expect(cluster.endpoints.count == Int(replicas))
            #expect(cluster.set.status?.activeVersion == version)
            #expect(cluster.set.status?.condition("Ready")?.status == .true)
        }
    }

    /// The pod of the new version is ready before the old one goes, and the status says so only then.
    @Test func rollsByItself() throws {
        var cluster = cluster()
        try cluster.converge()
        let old = cluster.set.status?.activeVersion
        cluster.edit { $0.env = [EnvVar(name: "NEW", value: "1")] }
        try cluster.reconcile()
        #expect(cluster.set.status?.condition("Ready")?.reason == Reason.progressing.rawValue)
        #expect(cluster.set.status?.activeVersion == old)
        #expect(try cluster.fewestEndpoints() == 1)
        #expect(cluster.set.status?.activeVersion == (try cluster.version.sha))
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
    }

    /// A pod that does not get ready leaves the old one serving and says why.
    @Test func aVersionThatFails() throws {
        var cluster = cluster()
        try cluster.converge()
        cluster.edit { $0.image = ContainerImage { $0.tag = "broken" } }
        try cluster.reconcile()
        cluster.fleet.sync("demo")
        let short = try cluster.version.short
        let pod = try #require(cluster.fleet.pods.first { $0.version == short }?.name)
        cluster.fleet.setTrouble(pod, ObservedPod.Trouble(reason: "ErrImagePull", message: "no such tag"))
        try cluster.converge(broken: [pod])
        #expect(cluster.endpoints.count == 1)
        #expect(cluster.set.status?.condition("Ready")?.message == "Pod \(pod): no such tag")
        cluster.edit { $0.image = nil }
        #expect(try cluster.fewestEndpoints() == 1)
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
    }

    /// A Deployment deleted by hand comes back.
    @Test func deletedByHand() throws {
        var cluster = cluster()
        try cluster.converge()
        cluster.fleet.removeWorkload(uid: cluster.fleet.deployment?.uid ?? "")
        try cluster.converge()
        #expect(cluster.endpoints.count == 1)
        #expect(cluster.names(.statefulSets) == [])
    }

    @Test func told() throws {
        var cluster = cluster { $0.replicas = 2 }
        try cluster.converge()
        cluster.edit { $0.replicas = 1 }
        let short = try cluster.version.short
        let told = try cluster.told()
        #expect(
            told == [
                "RemovingReplica: Scaling in to 1: removing demo-1.",
                "SwitchingTraffic: Switching traffic from the StatefulSets to the Deployment with version \(short): "
                    + "1 of 1 pods ready. The pods of the StatefulSets stop in 30 s.",
                "Ready: 1 pod ready with version \(short).",
            ])
        cluster.now = cluster.now + .seconds(30)
        #expect(try cluster.reconcile().events.map(\.note) == ["Removing the StatefulSets (demo-0)."])
    }
}
