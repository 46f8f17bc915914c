import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A spec that one Deployment cannot run replaces it by StatefulSets, brought up beside it: the Service is never without a pod,
/// and the old pod is left the time to drain its connections.
@Suite struct ReplacedDeploymentTests {
    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var edit: @Sendable (inout SpicepodSetSpec) -> Void
    }

    static let changes = [
        Change(testDescription: "replicas") { $0.replicas = 2 },
        Change(testDescription: "volume") { $0.volumeClaimTemplates = [VolumeWorld.template("data", "1Gi")] },
        Change(testDescription: "BlueGreen") { $0.updateStrategy = UpdateStrategy { $0.type = .blueGreen } },
        Change(testDescription: "standby") { $0.standbyVersion = StandbyVersionSpec { $0.enabled = true } },
    ]

    @Test(arguments: changes) func withoutAGap(change: Change) throws {
        var cluster = GrandfatheredTests.cluster()
        try cluster.converge()
        cluster.edit(change.edit)
        #expect(try cluster.fewestEndpoints() == 1)
        #expect(cluster.fleet.deployment != nil, "its connections drain")
        #expect(cluster.fleet.pod("demo-legacy")?.isTerminating == false)
        if cluster.set.spec.standbyVersion == nil {
            cluster.now = cluster.now + .seconds(30)
            try cluster.converge()
            #expect(cluster.fleet.deployment == nil)
        }
        #expect(cluster.endpoints.count == Int(cluster.set.spec.replicas ?? 1))
        #expect(!cluster.endpoints.contains("demo-legacy"))
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
    }

    /// The first thing that this version of the operator sees is a spec that is not simple.
    @Test func atFirstSight() throws {
        var cluster = GrandfatheredTests.cluster { $0.replicas = 3 }
        try cluster.reconcile()
        #expect(cluster.endpoints == ["demo-legacy"])
        #expect(cluster.set.status?.condition("Progressing")?.message.contains("the Deployment receives traffic") == true)
        #expect(try cluster.fewestEndpoints() == 1)
        #expect(cluster.endpoints == ["demo-0-0", "demo-1-0", "demo-2-0"])
    }

    /// Who changes back in time keeps the Deployment, and what was brought up goes.
    @Test func backBeforeTheSwitch() throws {
        var cluster = GrandfatheredTests.cluster()
        try cluster.converge()
        cluster.edit { $0.replicas = 2 }
        try cluster.reconcile()
        #expect(cluster.names(.statefulSets) == ["demo-0"])
        cluster.edit { $0.replicas = 1 }
        try cluster.converge()
        #expect(cluster.names(.statefulSets) == [])
        #expect(cluster.endpoints == ["demo-legacy"])
    }

    /// After the switch too, while it still drains.
    @Test func backWhileItDrains() throws {
        var cluster = GrandfatheredTests.cluster()
        try cluster.converge()
        cluster.edit { $0.replicas = 2 }
        #expect(try cluster.fewestEndpoints() == 1)
        cluster.edit { $0.replicas = 1 }
        #expect(try cluster.fewestEndpoints() == 1)
        cluster.now = cluster.now + .seconds(31)
        try cluster.converge()
        #expect(cluster.endpoints == ["demo-legacy"])
        #expect(cluster.names(.statefulSets) == [])
    }

    /// A new version and more replicas at once: the Deployment is not rolled on its way out.
    @Test func withANewVersion() throws {
        var cluster = GrandfatheredTests.cluster()
        try cluster.converge()
        let old = cluster.set.status?.activeVersion
        cluster.edit {
            $0.replicas = 2
            $0.image = ContainerImage { $0.tag = "2" }
        }
        try cluster.reconcile()
        #expect(cluster.set.status?.activeVersion == old)
        #expect(try cluster.fewestEndpoints() == 1)
        #expect(cluster.fleet.deployment?.deployment?.isTakenOver == false)
        #expect(cluster.fleet.pod("demo-legacy") != nil)
        #expect(cluster.set.status?.activeVersion == (try cluster.version.sha))
    }

    @Test func told() throws {
        var cluster = GrandfatheredTests.cluster()
        try cluster.converge()
        cluster.edit { $0.replicas = 2 }
        let short = try cluster.version.short
        let told = try cluster.told()
        #expect(
            told == [
                "SwitchingTraffic: Switching traffic from the Deployment to version \(short): 2 of 2 pods ready. "
                    + "The pods of the Deployment stop in 30 s.",
                "Ready: 2 pods ready with version \(short).",
            ])
        cluster.now = cluster.now + .seconds(30)
        #expect(try cluster.reconcile().events.map(\.note) == ["Removing the Deployment (demo)."])
    }
}
