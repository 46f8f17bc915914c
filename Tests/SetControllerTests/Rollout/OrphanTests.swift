import ControllerRuntime
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A pod whose StatefulSet is being replaced goes on serving as the replica's; one whose StatefulSet will not come back is removed.
@Suite struct OrphanTests {
    @Test func countsWhileItsStatefulSetIsReplaced() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        try cluster.orphan("demo-1")
        let plan = try cluster.plan()
        #expect(plan.status.condition("Ready")?.status == .true)
        #expect(plan.applied(.statefulSets).contains("demo-1"))
        #expect(plan.removed(.pods) == [])
    }

    @Test func isRemovedWhereNoneComesBack() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        try cluster.orphan("demo-1")
        cluster.edit { $0.replicas = 1 }
        #expect(try cluster.plan().removed(.pods) == ["demo-1-0"])
    }
}

extension Cluster {
    fileprivate mutating func orphan(_ workload: String) throws {
        let owner = try #require(fleet.workload(workload)?.uid)
        let pod = try #require(fleet.pod("\(workload)-0"))
        let labels = [StatefulSetBuilder.workloadLabel: workload, LabelKey.version: pod.version ?? ""]
        orphans = [try #require(ObservedOrphan(pod, labels))]
        fleet.loseWorkload(uid: owner)
    }
}
