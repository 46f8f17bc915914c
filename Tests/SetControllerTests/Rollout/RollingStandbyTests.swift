import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// With a standby the rolling strategies bring the new version up beside the old one, each at its own pace, and switch as
/// BlueGreen does.
@Suite struct RollingStandbyTests {
    @Test func orderedOneAfterTheOther() throws {
        var cluster = try StandbyTests.upgraded(strategy: .rollingOrdered)
        cluster.edit { $0.image = ContainerImage { $0.tag = "3" } }
        let new = try cluster.version.short
        try cluster.reconcile()
        #expect(cluster.names(.statefulSets).filter { $0.contains(new) } == ["demo-\(new)-0"])
        for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        cluster.fleet.setReady("demo-\(new)-0-0")
        try cluster.reconcile()
        #expect(cluster.names(.statefulSets).filter { $0.contains(new) }.count == 2)
        #expect(cluster.selected != new)
        try cluster.converge()
        #expect(cluster.selected == new)
        #expect(cluster.set.status?.standbyVersion == StandbyTests.sha(cluster, tag: "2"))
    }

    @Test func parallelAtOnce() throws {
        var cluster = try StandbyTests.upgraded(strategy: .rollingParallel)
        cluster.edit { $0.image = ContainerImage { $0.tag = "3" } }
        let new = try cluster.version.short
        try cluster.reconcile()
        #expect(cluster.names(.statefulSets).filter { $0.contains(new) }.count == 2)
    }

    /// Turning the standby off gives its pods back.
    @Test func turnedOff() throws {
        var cluster = try StandbyTests.upgraded(strategy: .rollingOrdered)
        cluster.now = cluster.now + .seconds(31)
        cluster.edit { $0.standbyVersion?.enabled = false }
        try cluster.converge()
        #expect(cluster.fleet.pods.count == 2)
        #expect(cluster.set.status?.standbyVersion == nil)
    }
}
