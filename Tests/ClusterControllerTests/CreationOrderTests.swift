import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import ClusterController

/// Executors only start once schedulers can be discovered, and stay from then on.
@Suite struct CreationOrderTests {
    @Test func theServiceAndTheSchedulersComeFirst() throws {
        var topology = Topology(Sample.cluster())
        let plan = try topology.reconcile()
        #expect(plan.apply.map(\.key.name) == ["demo-discovery", "demo-scheduler"])
        try topology.reconcile()
        for type in ["Ready", "Progressing"] {
            #expect(topology.cluster.status?.condition(type)?.reason == "WaitingForSchedulers")
        }
        #expect(topology.cluster.status?.condition("Ready")?.status == .false)
        #expect(topology.cluster.status?.executorSpicepodsetName == nil)
    }

    @Test func executorsFollowTheFirstReadyScheduler() throws {
        var topology = Topology(Sample.cluster())
        try topology.reconcile()
        topology.step(.scheduler)
        try topology.reconcile()
        #expect(topology[.executor] == nil)
        topology.step(.scheduler)
        #expect(topology[.scheduler]?.available == 1)
        try topology.reconcile()
        #expect(topology[.executor]?.spec.replicas == 5)

        // the schedulers go, the executors do not
        topology.setReady(.scheduler, 0, false)
        #expect(try topology.plan().apply.map(\.key.name).contains("demo-executor"))
    }

    /// A set of executors that is lost while schedulers are upgraded comes back when all that are ready have the new version.
    @Test func noExecutorIsMadeForSchedulersThatAreAboutToGo() throws {
        var topology = Topology(Sample.cluster())
        try topology.converge()
        topology.edit { $0.tag = "2.0" }
        try topology.reconcile()
        topology.step(.scheduler)
        topology.loseSet(.executor)
        #expect(try !topology.plan().apply.map(\.key.name).contains("demo-executor"))
        for _ in 0..<10 { topology.step(.scheduler) }
        #expect(try topology.plan().apply.map(\.key.name).contains("demo-executor"))
    }

    @Test func aClusterWithoutSchedulersGetsNoExecutors() throws {
        var topology = Topology(Sample.cluster { $0.schedulerSpec.replicas = 0 })
        try topology.converge()
        #expect(topology[.executor] == nil)
        #expect(topology.cluster.status?.condition("Paused")?.reason == "ReplicasZero")
        topology.edit { $0.schedulerSpec.replicas = 1 }
        try topology.converge()
        #expect(topology.cluster.status?.condition("Ready")?.status == .true)
    }

    @Test func itEndsReady() throws {
        var topology = Topology(Sample.cluster())
        try topology.converge()
        let status = try #require(topology.cluster.status)
        #expect(status.condition("Ready")?.reason == "Ready")
        #expect(status.condition("Progressing")?.reason == "Complete")
        #expect(status.condition("Paused")?.status == .false)
        #expect(status.schedulers == ClusterNodeCounts { ($0.ready, $0.desired, $0.updated) = (3, 3, 3) })
        #expect(status.executors == ClusterNodeCounts { ($0.ready, $0.desired, $0.updated) = (5, 5, 5) })
        #expect(status.executorSpicepodsetName == "demo-executor")
        #expect(try topology.plan().events == [])
    }
}
