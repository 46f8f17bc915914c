import ControllerRuntime
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// BlueGreen brings up the new version complete beside the old one, switches the Service in one write, and removes the old one
/// when its connections are drained.
@Suite struct BlueGreenTests {
    @Test func completeSetThenSwitchThenDrain() throws {
        var cluster = try Self.running()
        let old = try cluster.version.short
        #expect(cluster.names(.statefulSets) == (0..<3).map { "demo-\(old)-\($0)" })
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        let new = try cluster.version.short

        try cluster.reconcile()
        #expect(cluster.names(.statefulSets).count == 6)
        for ordinal in 0..<3 {
            #expect(cluster.selected == old)
            cluster.fleet.sync("demo-\(new)-\(ordinal)")
            cluster.fleet.setReady("demo-\(new)-\(ordinal)-0")
            try cluster.reconcile()
        }
        #expect(cluster.selected == new)
        #expect(try cluster.set.status?.activeVersion == cluster.version.sha)
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
        #expect(cluster.fleet.pods.count == 6)

        cluster.now = cluster.now + .seconds(29)
        #expect(try cluster.reconcile().removed(.statefulSets) == [])
        cluster.now = cluster.now + .seconds(1)
        #expect(try cluster.reconcile().removed(.statefulSets) == (0..<3).map { "demo-\(old)-\($0)" })
        try cluster.converge()
        #expect(cluster.names(.configMaps) == ["demo-\(new)"])
    }

    /// Those who make the endpoints must have heard of the ready pods before the Service is switched to them.
    @Test func waitsForEndpoints() throws {
        var cluster = try Self.running()
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        let new = try cluster.version.short
        try cluster.reconcile()
        cluster.fleet.settle()
        for ordinal in 0..<3 { cluster.fleet.setReadySince("demo-\(new)-\(ordinal)-0", cluster.now) }
        let plan = try cluster.reconcile()
        #expect(cluster.selected != new)
        #expect(plan.lookAgain == .seconds(2))
        cluster.now = cluster.now + .seconds(2)
        try cluster.reconcile()
        #expect(cluster.selected == new)
    }

    /// `minReadyForCutover` pods are enough; the others follow.
    @Test(arguments: [(0, 3), (1, 1), (2, 2), (9, 3)])
    func switchesAtTheThreshold(minReady: Int32, expected: Int) throws {
        var cluster = try Self.running(minReady: minReady)
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        let new = try cluster.version.short
        for ready in 0..<expected {
            try cluster.reconcile()
            #expect(cluster.selected != new)
            for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
            cluster.fleet.setReady("demo-\(new)-\(ready)-0")
        }
        try cluster.reconcile()
        #expect(cluster.selected == new)
        #expect((cluster.set.status?.condition("Ready")?.status == .true) == (expected == 3))
    }

    /// A version that never gets ready takes nothing from the one that serves, and its correction does not wait for it.
    @Test func brokenVersionIsReplacedAtOnce() throws {
        var cluster = try Self.running()
        let old = try cluster.version.short
        cluster.edit { $0.image = ContainerImage { $0.tag = "broken" } }
        let broken = try cluster.version.short
        try cluster.reconcile()
        for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        cluster.edit { $0.image = ContainerImage { $0.tag = "right" } }
        let plan = try cluster.reconcile()
        #expect(plan.removed(.statefulSets) == (0..<3).map { "demo-\(broken)-\($0)" })
        #expect(cluster.selected == old)
        #expect(cluster.fleet.availablePods.count == 3)
        try cluster.converge()
        #expect(cluster.selected == (try cluster.version.short))
    }

    /// Back to the version that serves: the other one goes, and nothing else happens.
    @Test func backToTheServingVersion() throws {
        var cluster = try Self.running()
        let before = cluster.fleet.pods.map(\.uid)
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.reconcile()
        for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        cluster.edit { $0.image = nil }
        try cluster.converge()
        #expect(cluster.fleet.pods.map(\.uid) == before)
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
    }

    /// More load in the middle of a rollout is met by the version that serves.
    @Test func scalesBoth() throws {
        var cluster = try Self.running()
        let old = try cluster.version.short
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.reconcile()
        cluster.edit { $0.replicas = 5 }
        try cluster.reconcile()
        #expect(cluster.names(.statefulSets).filter { $0.hasPrefix("demo-\(old)") }.count == 5)
        cluster.edit { $0.replicas = 2 }
        try cluster.reconcile()
        #expect(cluster.names(.statefulSets).count == 4)
    }

    /// A controller that dies between the Service and the record still drains: the old version is not taken for one that
    /// never served.
    @Test func diesAfterTheSwitch() throws {
        var cluster = try Self.running()
        let old = try cluster.version.short
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.reconcile()
        cluster.fleet.settle()
        cluster.fleet.settle()
        let plan = try cluster.plan()
        let service = try #require(plan.apply.first)
        #expect(service.resource == .services && service.key.name == "demo")
        var partial = plan
        partial.apply = [service]
        partial.delete = []
        partial.status = try #require(cluster.set.status)
        try cluster.perform(partial)

        cluster.now = cluster.now + .seconds(100)
        #expect(try cluster.reconcile().removed(.statefulSets) == [])
        cluster.now = cluster.now + .seconds(30)
        #expect(try cluster.reconcile().removed(.statefulSets) == (0..<3).map { "demo-\(old)-\($0)" })
    }

    static func running(minReady: Int32? = nil) throws -> Cluster {
        var cluster = Cluster(
            Sample.set {
                $0.replicas = 3
                $0.updateStrategy = UpdateStrategy {
                    $0.type = .blueGreen
                    $0.minReadyForCutover = minReady
                }
            })
        try cluster.converge()
        return cluster
    }
}

extension Cluster {
    /// The version that the Service selects.
    var selected: String? { services.first { $0.key.name == "demo" }?.selector[LabelKey.version] }
}
