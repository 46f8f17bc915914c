import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import ClusterController

/// Schedulers are upgraded first, then executors; and the executors' pods do not change before their turn, whatever happens.
@Suite struct UpgradeOrderTests {
    private func settled() throws -> Topology {
        var topology = Topology(
            Sample.cluster {
                $0.tag = "1.0"
            })
        try topology.converge()
        return topology
    }

    @Test func aChangeOfBothReachesTheSchedulersFirst() throws {
        var topology = try settled()
        topology.edit { $0.tag = "2.0" }
        let plan = try topology.reconcile()
        #expect(topology[.scheduler]?.spec.image?.tag == "2.0")
        #expect(topology[.executor]?.spec.image?.tag == "1.0")
        #expect(
            plan.events.map(\.note).first?.hasSuffix(
                "spec.schedulerSpec.image.tag changed. Executors follow once they are done.") == true)
        try topology.reconcile()
        #expect(topology.cluster.status?.condition("Ready")?.status == .false)
        #expect(topology.cluster.status?.condition("Progressing")?.reason == "UpgradingSchedulers")
        #expect(topology.cluster.status?.executors?.updated == 0)
        // as long as one scheduler is left to do, the executors stay
        while topology[.scheduler]?.status.rollout != nil || topology[.scheduler]?.status.observedGeneration != 2 {
            try topology.reconcile()
            #expect(topology[.executor]?.spec.image?.tag == "1.0")
            topology.step(.scheduler)
        }
        let second = try topology.reconcile()
        #expect(topology[.executor]?.spec.image?.tag == "2.0")
        #expect(second.steps.flatMap(\.events).map(\.reason) == [.upgradingExecutors])
        try topology.converge()
        #expect(topology.cluster.status?.condition("Ready")?.status == .true)
        #expect(topology.history[.executor]?.count == 2)
    }

    @Test func aThirdVersionInMidUpgradeSkipsTheSecond() throws {
        var topology = try settled()
        topology.edit { $0.tag = "2.0" }
        try topology.reconcile()
        for _ in 0..<3 { topology.step(.scheduler) }
        topology.edit { $0.tag = "3.0" }
        try topology.reconcile()
        #expect(topology[.scheduler]?.spec.image?.tag == "3.0")
        #expect(topology[.executor]?.spec.image?.tag == "1.0")
        try topology.converge()
        #expect(topology[.executor]?.spec.image?.tag == "3.0")
        #expect(topology.history[.executor]?.count == 2, "the executors never saw the second version")
    }

    @Test func aRevertInMidUpgradeLeavesTheExecutorsAlone() throws {
        var topology = try settled()
        topology.edit { $0.tag = "2.0" }
        try topology.reconcile()
        for _ in 0..<3 { topology.step(.scheduler) }
        topology.edit { $0.tag = "1.0" }
        try topology.converge()
        #expect(topology[.scheduler]?.spec.image?.tag == "1.0")
        #expect(topology.history[.executor]?.count == 1)
        #expect(topology.cluster.status?.condition("Ready")?.status == .true)
    }

    @Test func aRevertWhileExecutorsFollowGoesThroughTheSchedulersToo() throws {
        var topology = try settled()
        topology.edit { $0.tag = "2.0" }
        while topology[.executor]?.spec.image?.tag != "2.0" {
            try topology.reconcile()
            topology.step(.scheduler)
        }
        topology.step(.executor)
        topology.step(.executor)
        topology.edit { $0.tag = "1.0" }
        try topology.reconcile()
        #expect(topology[.scheduler]?.spec.image?.tag == "1.0")
        #expect(topology[.executor]?.spec.image?.tag == "2.0")
        try topology.converge()
        #expect(topology[.executor]?.spec.image?.tag == "1.0")
    }

    @Test func aSchedulerThatNeverGetsReadyKeepsTheExecutorsWhereTheyAre() throws {
        var topology = try settled()
        topology.brokenTags = ["2.0"]
        topology.edit { $0.tag = "2.0" }
        try topology.converge()
        #expect(topology[.executor]?.spec.image?.tag == "1.0")
        #expect(topology[.executor]?.available == 5)
        #expect(topology[.scheduler]?.available == 2)
        #expect(topology.cluster.status?.condition("Ready")?.status == .false)
        topology.edit { $0.tag = "2.1" }
        try topology.converge()
        #expect(topology[.executor]?.spec.image?.tag == "2.1")
    }

    @Test func executorsAloneDoNotWait() throws {
        var topology = try settled()
        topology.edit { $0.executorSpec.image = Sample.image("2.0") }
        try topology.reconcile()
        #expect(topology[.executor]?.spec.image?.tag == "2.0")
        #expect(topology.history[.scheduler]?.count == 1)
    }

    @Test func schedulersAloneLeaveTheExecutorsAlone() throws {
        var topology = try settled()
        topology.edit { $0.schedulerSpec.image = Sample.image("2.0") }
        try topology.converge()
        #expect(topology.history[.executor]?.count == 1)
        #expect(topology.history[.scheduler]?.count == 2)
    }

    /// Executors read the Spicepod from the schedulers, once, when they start.
    @Test func anotherSpicepodReachesBothInOrder() throws {
        var topology = try settled()
        topology.edit { $0.schedulerSpec.spicepod?["name"] = "other" }
        let plan = try topology.reconcile()
        #expect(plan.events.first?.note.contains("spec.schedulerSpec.spicepod.name changed") == true)
        #expect(topology.history[.executor]?.count == 1)
        try topology.converge()
        #expect(topology.history[.executor]?.count == 2)
    }

    /// Values that server-side apply does not tell apart still make another version.
    @Test func anEmptyListInTheSpicepodIsAChange() throws {
        var topology = try settled()
        topology.edit { $0.schedulerSpec.spicepod?["datasets"] = [] }
        try topology.converge()
        #expect(topology.history[.scheduler]?.count == 2)
        #expect(topology.cluster.status?.condition("Ready")?.status == .true)
    }

    @Test func whatMakesNoPodFollowsAtOnce() throws {
        var topology = try settled()
        topology.edit {
            $0.tag = "2.0"
            $0.executorSpec.replicas = 7
            $0.executorSpec.updateStrategy = UpdateStrategy { $0.type = .rollingParallel }
            $0.executorSpec.progressDeadlineSeconds = 30
        }
        try topology.reconcile()
        let spec = try #require(topology[.executor]?.spec)
        #expect(spec.image?.tag == "1.0")
        #expect(spec.replicas == 7)
        #expect(spec.updateStrategy?.type == .rollingParallel)
        #expect(spec.progressDeadlineSeconds == 30)
        #expect(topology.history[.executor]?.count == 1)
    }

    @Test func noSchedulersHoldNobodyUp() throws {
        var topology = try settled()
        topology.edit {
            $0.tag = "2.0"
            $0.schedulerSpec.replicas = 0
        }
        try topology.reconcile()
        #expect(topology[.executor]?.spec.image?.tag == "2.0")
    }

    /// All schedulers had the version and were ready with it; that one fails later is no upgrade.
    @Test func aSchedulerThatFailsByItselfHoldsNobodyUp() throws {
        var topology = try settled()
        topology.setReady(.scheduler, 1, false)
        topology.edit { $0.executorSpec.image = Sample.image("2.0") }
        try topology.reconcile()
        #expect(topology[.executor]?.spec.image?.tag == "2.0")
    }

    @Test func stoppedSchedulersHoldTheExecutors() throws {
        var topology = try settled()
        topology.edit { $0.tag = "2.0" }
        try topology.reconcile()
        topology.step(.scheduler)
        topology.stop(.scheduler)
        try topology.converge()
        #expect(topology[.executor]?.spec.image?.tag == "1.0")
    }
}
