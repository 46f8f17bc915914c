import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// `spice.ai/rollback: "true"` on a set goes back to the version before, once, and holds it until the spec changes.
@Suite struct RollbackAnnotationTests {
    @Test func toTheStandbyAtOnce() throws {
        var cluster = try StandbyTests.upgraded()
        let pods = cluster.fleet.pods.map(\.uid)
        cluster.annotate("true")
        let plan = try cluster.reconcile()
        #expect(plan.events.map(\.reason).contains(.rollingBack))
        #expect(cluster.set.status?.activeVersion == StandbyTests.sha(cluster, tag: nil))
        #expect(cluster.fleet.pods.map(\.uid) == pods)
        try cluster.converge()
        #expect(cluster.set.status?.condition("Ready")?.message.contains("held by the annotation") == true)
        #expect(cluster.fleet.pods.map(\.uid) == pods)
    }

    @Test func holdsUntilTheSpecChanges() throws {
        var cluster = try StandbyTests.upgraded()
        cluster.annotate("true")
        try cluster.converge()
        cluster.now = cluster.now + .seconds(2000)
        try cluster.converge()
        cluster.edit { $0.replicas = 3 }
        try cluster.converge()
        #expect(cluster.set.status?.activeVersion == StandbyTests.sha(cluster, tag: nil))
        #expect(cluster.fleet.availablePods.count == 3)

        cluster.edit { $0.image = ContainerImage { $0.tag = "3" } }
        try cluster.converge()
        #expect(cluster.set.status?.activeVersion == StandbyTests.sha(cluster, tag: "3"))
        // it still stands, and is spent
        cluster.edit { $0.image = ContainerImage { $0.tag = "4" } }
        try cluster.converge()
        #expect(cluster.set.status?.activeVersion == StandbyTests.sha(cluster, tag: "4"))
    }

    /// Taking the annotation away goes forward again.
    @Test func removed() throws {
        var cluster = try StandbyTests.upgraded()
        let pods = cluster.fleet.pods.map(\.uid)
        cluster.annotate("true")
        try cluster.converge()
        cluster.annotate(nil)
        try cluster.reconcile()
        #expect(cluster.set.status?.activeVersion == StandbyTests.sha(cluster, tag: "2"))
        #expect(cluster.fleet.pods.map(\.uid) == pods)
    }

    /// With an upgrade under way it is the version that serves which stays.
    @Test func duringAnUpgrade() throws {
        var cluster = try StandbyTests.upgraded()
        let pods = cluster.fleet.pods.map(\.uid)
        cluster.edit { $0.image = ContainerImage { $0.tag = "3" } }
        try cluster.reconcile()
        cluster.annotate("true")
        try cluster.converge()
        #expect(cluster.set.status?.activeVersion == StandbyTests.sha(cluster, tag: "2"))
        #expect(cluster.fleet.pods.map(\.uid) == pods)
    }

    /// Rolled in place there is no standby, but an upgrade under way can be taken back.
    @Test func inPlace() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 3)
        let old = try cluster.version.sha
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        for _ in 0..<3 {
            try cluster.reconcile()
            cluster.fleet.settle(broken: ["demo-0-0"])
        }
        #expect(cluster.fleet.availablePods.count == 2)
        cluster.annotate("true")
        try cluster.converge()
        #expect(cluster.set.status?.activeVersion == old)
        #expect(Set(cluster.fleet.pods.map(\.version)) == [String(old.prefix(8))])
        #expect(cluster.fleet.availablePods.count == 3)
    }

    /// A version that never got ready is nothing to go back to, whether it is rolled in place or beside.
    @Test(arguments: [UpdateStrategyType.rollingOrdered, .blueGreen])
    func toWhatNeverGotReady(_ strategy: UpdateStrategyType) throws {
        var cluster = Cluster(Sample.set { $0.replicas = 2 })
        cluster.edit { $0.updateStrategy = UpdateStrategy { $0.type = strategy } }
        for _ in 0..<4 {
            try cluster.reconcile()
            for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        }
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        cluster.annotate("true")
        let plan = try cluster.reconcile()
        #expect(plan.events.map(\.reason).contains(.rollbackUnavailable))
        try cluster.converge()
        #expect(cluster.set.status?.activeVersion == StandbyTests.sha(cluster, tag: "2"))
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
    }

    /// With nothing to go back to a warning says so, and a standby that comes later is not taken by surprise.
    @Test func nothingToGoBackTo() throws {
        var cluster = try StandbyTests.upgraded()
        cluster.now = cluster.now + .seconds(900)
        try cluster.converge()
        cluster.annotate("true")
        let plan = try cluster.reconcile()
        #expect(plan.events.map(\.reason) == [.rollbackUnavailable])
        cluster.edit { $0.image = ContainerImage { $0.tag = "3" } }
        try cluster.converge()
        #expect(cluster.set.status?.activeVersion == StandbyTests.sha(cluster, tag: "3"))
        #expect(cluster.set.status?.standbyVersion == StandbyTests.sha(cluster, tag: "2"))
    }
}

extension Cluster {
    fileprivate mutating func annotate(_ value: String?) { set.metadata.annotations = value.map { [AnnotationKey.rollback: $0] } }
}
