import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// The version before is kept for its time, and takes over again at once when its spec comes back.
@Suite struct StandbyTests {
    @Test func keptUntilItsTimeIsOver() throws {
        var cluster = try Self.upgraded()
        let switched = cluster.now
        #expect(cluster.set.status?.standbyVersion == Self.sha(cluster, tag: nil))
        #expect(cluster.set.status?.standbyExpiresAt == (switched + .seconds(900)).text)
        cluster.now = switched + .seconds(899)
        #expect(try cluster.reconcile().delete == [])
        #expect(cluster.fleet.pods.count == 4)
        cluster.now = switched + .seconds(900)
        let plan = try cluster.reconcile()
        #expect(plan.removed(.statefulSets).count == 2)
        #expect(plan.events.map(\.reason) == [.removingVersion])
        #expect(cluster.set.status?.standbyVersion == nil && cluster.set.status?.standbyExpiresAt == nil)
    }

    /// One reconcile moves Service and status; no pod is touched. A rollback of the rollback is the same.
    @Test func swapsInOneReconcile() throws {
        var cluster = try Self.upgraded()
        let pods = cluster.fleet.pods.map(\.uid)
        for tag in [nil, "2", nil] as [String?] {
            cluster.now = cluster.now + .seconds(60)
            cluster.edit { $0.image = tag.map { tag in ContainerImage { $0.tag = tag } } }
            let (new, old) = (Self.sha(cluster, tag: tag), Self.sha(cluster, tag: tag == nil ? "2" : nil))
            try cluster.reconcile()
            #expect(cluster.selected.map { new.hasPrefix($0) } == true)
            #expect(cluster.set.status?.activeVersion == new)
            #expect(cluster.set.status?.standbyVersion == old)
            #expect(cluster.set.status?.standbyExpiresAt == (cluster.now + .seconds(900)).text)
            #expect(cluster.set.status?.condition("Ready")?.status == .true)
            #expect(cluster.fleet.pods.map(\.uid) == pods && cluster.fleet.availablePods.count == 4)
        }
    }

    /// Editing the retention or the strategy is no new version and undoes no rollback.
    @Test func editsThatAreNoVersion() throws {
        var cluster = try Self.upgraded()
        let pods = cluster.fleet.pods.map(\.uid)
        let active = cluster.set.status?.activeVersion
        cluster.edit { $0.standbyVersion?.retentionPeriodSeconds = 1800 }
        try cluster.converge()
        #expect(cluster.set.status?.standbyExpiresAt == (cluster.now + .seconds(1800)).text)
        for type in [UpdateStrategyType.rollingOrdered, .rollingParallel, .blueGreen] {
            cluster.edit { $0.updateStrategy = UpdateStrategy { $0.type = type } }
            try cluster.converge()
        }
        #expect(cluster.fleet.pods.map(\.uid) == pods)
        #expect(cluster.set.status?.activeVersion == active)
    }

    /// While an upgrade is under way, the version that serves is gone back to without a switch.
    @Test func rollbackDuringAnUpgrade() throws {
        var cluster = try Self.upgraded()
        let before = cluster.fleet.pods.map(\.uid)
        cluster.edit { $0.image = ContainerImage { $0.tag = "3" } }
        try cluster.reconcile()
        for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        #expect(cluster.fleet.pods.count == 6)
        // to the version that serves
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.converge()
        #expect(cluster.fleet.pods.map(\.uid) == before)
        // to the standby, past one that is on its way
        cluster.edit { $0.image = ContainerImage { $0.tag = "3" } }
        try cluster.reconcile()
        cluster.edit { $0.image = nil }
        try cluster.reconcile()
        #expect(cluster.set.status?.activeVersion == Self.sha(cluster, tag: nil))
        try cluster.converge()
        #expect(cluster.fleet.pods.map(\.uid) == before)
    }

    /// A paused set runs nothing; its standby's time goes on.
    @Test func expiresWhilePaused() throws {
        var cluster = try Self.upgraded()
        cluster.edit { $0.replicas = 0 }
        try cluster.converge()
        #expect(cluster.fleet.pods == [])
        #expect(cluster.set.status?.standbyVersion != nil)
        #expect(cluster.names(.configMaps).count == 2)
        cluster.now = cluster.now + .seconds(900)
        try cluster.converge()
        #expect(cluster.set.status?.standbyVersion == nil)
        #expect(cluster.names(.configMaps).count == 1)
        cluster.edit { $0.replicas = 2 }
        try cluster.converge()
        #expect(cluster.fleet.pods.count == 2)
    }

    /// Only the last version is kept.
    @Test func aThirdVersionTakesThePlace() throws {
        var cluster = try Self.upgraded()
        cluster.now = cluster.now + .seconds(60)
        cluster.edit { $0.image = ContainerImage { $0.tag = "3" } }
        try cluster.converge()
        #expect(cluster.set.status?.standbyVersion == Self.sha(cluster, tag: "2"))
        #expect(cluster.fleet.pods.count == 4)
    }

    static func upgraded(strategy: UpdateStrategyType = .blueGreen) throws -> Cluster {
        var cluster = Cluster(
            Sample.set {
                $0.replicas = 2
                $0.updateStrategy = UpdateStrategy { $0.type = strategy }
                $0.standbyVersion = StandbyVersionSpec { $0.enabled = true }
            })
        try cluster.converge()
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.converge()
        return cluster
    }

    static func sha(_ cluster: Cluster, tag: String?) -> String {
        var spec = cluster.set.spec
        spec.image = tag.map { tag in ContainerImage { $0.tag = tag } }
        return (try? Version(of: spec, named: "demo").sha) ?? ""
    }
}
