import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import ClusterController

/// set-controller stops a set whose pods keep failing; that is respected until something changes that could help.
@Suite struct CrashPauseTests {
    private func stopped(tellsStatus: Bool = true) throws -> Topology {
        var topology = Topology(Sample.cluster())
        try topology.converge()
        topology.stop(.executor, tellsStatus: tellsStatus)
        return topology
    }

    @Test(arguments: [true, false]) func theZeroStays(tellsStatus: Bool) throws {
        var topology = try stopped(tellsStatus: tellsStatus)
        try topology.reconcile()
        #expect(topology[.executor]?.spec.replicas == 0)
        try topology.converge()
        #expect(topology[.executor]?.spec.replicas == 0)
        let status = try #require(topology.cluster.status)
        #expect(status.condition("Paused")?.status == .true)
        #expect(status.condition("Paused")?.reason == "CrashLooping")
        #expect(status.condition("Ready")?.reason == "CrashLooping")
        #expect(status.condition("Paused")?.message.contains("To resume, correct spec.executorSpec") == true)
    }

    @Test func anotherVersionResumes() throws {
        var topology = try stopped()
        try topology.converge()
        topology.edit { $0.executorSpec.image = Sample.image("fixed") }
        let plan = try topology.reconcile()
        #expect(topology[.executor]?.spec.replicas == 5)
        #expect(plan.events.map(\.reason).contains(.resumed))
        try topology.converge()
        #expect(topology.cluster.status?.condition("Ready")?.status == .true)
        #expect(topology.cluster.status?.condition("Paused")?.status == .false)
    }

    @Test func anotherNumberResumes() throws {
        var topology = try stopped()
        try topology.converge()
        topology.edit { $0.executorSpec.replicas = 4 }
        try topology.reconcile()
        #expect(topology[.executor]?.spec.replicas == 4)
    }

    @Test func zeroAndBackResumes() throws {
        var topology = try stopped()
        try topology.converge()
        topology.edit { $0.executorSpec.replicas = 0 }
        try topology.converge()
        #expect(topology[.executor]?.spec.replicas == 0)
        topology.edit { $0.executorSpec.replicas = 5 }
        try topology.converge()
        #expect(topology.cluster.status?.condition("Ready")?.status == .true)
    }

    @Test func aChangeOfTheOtherRoleDoesNotResume() throws {
        var topology = try stopped()
        try topology.converge()
        topology.edit { $0.schedulerSpec.image = Sample.image("2.0") }
        try topology.converge()
        #expect(topology[.executor]?.spec.replicas == 0)
        #expect(topology[.scheduler]?.available == 3)
    }

    /// Somebody who scales the set itself meets the cluster's wish.
    @Test func aZeroOfSomebodyElseIsUndone() throws {
        var topology = Topology(Sample.cluster())
        try topology.converge()
        topology.change(.executor) { $0.tree[path: "spec", "replicas"] = 0 }
        let desired = try topology.plan().apply.first { $0.key.name == "demo-executor" }
        #expect(desired?.object[path: "spec", "replicas"] == 5)
    }
}
