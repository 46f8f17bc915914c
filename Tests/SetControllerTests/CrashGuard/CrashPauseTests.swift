import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A version that fails more often than the threshold, with nothing else to serve, pauses the set: the replicas become 0, status
/// and one Warning say why, until somebody sets them back.
@Suite struct CrashPauseTests {
    @Test(arguments: [(9, false), (10, false), (11, true)])
    func onlyAboveTheThreshold(times: Int, pauses: Bool) throws {
        var cluster = try Cluster.running()
        cluster.fail("demo-0-0", times: times)
        #expect(try cluster.plan().pauses == pauses)
    }

    @Test func zeroIsOff() throws {
        var cluster = try Cluster.running(threshold: 0)
        cluster.fail("demo-0-0", times: 1000)
        let plan = try cluster.plan()
        #expect(!plan.pauses)
        #expect(plan.ledgers == [])
        // what was counted before it was switched off does not count when it is on again
        cluster.replaceVersions { $0.failures = #"{"score":99}"# }
        #expect(try cluster.plan().ledgers.map(\.text) == [nil])
    }

    /// The count comes before the pause, and the pause before it is told: a controller may die in between.
    @Test func saysSoOnceItIsSo() throws {
        var cluster = try Cluster.running()
        cluster.fail("demo-0-0", times: 11)
        let decision = try cluster.reconcile()
        #expect(decision.pauses)
        #expect(decision.ledgers.count == 1)
        #expect(cluster.set.spec.replicas == 0)
        #expect(cluster.set.status?.pauseReason == nil)

        let plan = try cluster.reconcile()
        #expect(plan.removed(.statefulSets) == ["demo-0"])
        #expect(plan.events.filter(\.isWarning).map(\.reason) == [.crashLooping])
        #expect(plan.events.filter(\.isWarning).first?.note.contains("failed 11 times, more than 10") == true)
        let status = try #require(cluster.set.status)
        #expect(status.pauseReason == "CrashLooping")
        for (type, value) in [("Ready", Condition.Status.false), ("Progressing", .false), ("Paused", .true)] {
            #expect(status.condition(type)?.status == value)
            #expect(status.condition(type)?.reason == "CrashLooping")
        }
        cluster.failures = [:]
        try cluster.converge()
        #expect(try cluster.plan().events == [])
        #expect(try cluster.plan().lookAgain == nil)
    }

    @Test func resumesWithACleanSlate() throws {
        var cluster = try Cluster.running()
        cluster.fail("demo-0-0", times: 11)
        try cluster.reconcile()
        cluster.failures = [:]
        try cluster.converge()
        cluster.edit { $0.replicas = 1 }
        let plan = try cluster.reconcile()
        #expect(plan.ledgers.map(\.text) == [nil])
        #expect(plan.events.contains { $0.reason == .resumed && !$0.isWarning })
        #expect(plan.applied(.statefulSets) == ["demo-0"])
        try cluster.converge()
        #expect(cluster.set.status?.pauseReason == nil)
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
        #expect(cluster.set.status?.condition("Paused")?.reason == "Running")
    }

    /// Correcting the spec first and the replicas later is as good, and the reason stays in between.
    @Test func aNewVersionWhilePausedStaysPaused() throws {
        var cluster = try Cluster.running()
        cluster.fail("demo-0-0", times: 11)
        try cluster.reconcile()
        cluster.failures = [:]
        try cluster.converge()
        let before = cluster.set.status?.condition("Paused")?.message
        cluster.edit { $0.image = ContainerImage { $0.tag = "fixed" } }
        try cluster.converge()
        #expect(cluster.set.status?.pauseReason == "CrashLooping")
        #expect(cluster.set.status?.condition("Paused")?.message == before)
        cluster.edit { $0.replicas = 1 }
        try cluster.converge()
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
    }

    /// A pause of the user's stays the user's.
    @Test func anOrdinaryPauseIsNotOurs() throws {
        var cluster = try Cluster.running()
        cluster.fail("demo-0-0", times: 5)
        try cluster.reconcile()
        cluster.edit { $0.replicas = 0 }
        try cluster.converge()
        #expect(cluster.set.status?.pauseReason == "ReplicasZero")
        cluster.edit { $0.replicas = 1 }
        #expect(try cluster.plan().events.allSatisfy { $0.reason != .resumed })
    }
}
