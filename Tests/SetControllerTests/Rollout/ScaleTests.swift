import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Scaling adds or removes the highest ordinals and leaves every other pod alone.
@Suite struct ScaleTests {
    @Test func out() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 1)
        let first = try #require(cluster.fleet.pod("demo-0-0"))
        cluster.edit { $0.replicas = 3 }
        #expect(try cluster.plan().applied(.statefulSets) == ["demo-0", "demo-1"])
        #expect(try cluster.converge() == [])
        #expect(cluster.names(.statefulSets) == ["demo-0", "demo-1", "demo-2"])
        #expect(cluster.fleet.pod("demo-0-0") == first)
    }

    @Test func `in`() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 4)
        cluster.edit { $0.replicas = 2 }
        let plan = try cluster.plan()
        #expect(plan.removed(.statefulSets) == ["demo-2", "demo-3"])
        #expect(plan.removed(.pods) == [])
        #expect(try cluster.converge() == [])
        #expect(cluster.fleet.availablePods == ["demo-0-0", "demo-1-0"])
        #expect(cluster.set.status?.replicas == "2/2")
    }

    /// Scaling in is the user's wish and no trouble: nothing about it is a warning.
    @Test func scalingInWarnsOfNothing() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 3)
        cluster.edit { $0.replicas = 1 }
        let plan = try cluster.plan()
        #expect(plan.events.filter(\.isWarning) == [])
        #expect(plan.status.condition("Ready")?.reason != Reason.podsNotReady.rawValue)
    }

    /// In the middle of an update too: pods that are to go are not updated first.
    @Test func inDuringAnUpdate() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 3)
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.reconcile()
        cluster.edit { $0.replicas = 1 }
        #expect(try cluster.converge() == ["demo-0-0"])
        #expect(cluster.names(.statefulSets) == ["demo-0"])
    }

    /// A number no schema would let through is no reason to crash.
    @Test func negativeReplicasAreNone() throws {
        let world = Sample.world(Sample.set { $0.replicas = -1 })
        let version = try Version(of: world.set.spec, named: "demo")
        let rollout = Rollout(ObservedRollout(world, ChildNames(set: "demo"), adaptiveDeployment: false), version: version)
        #expect(rollout.isPaused)
        #expect(rollout.steps == [])
    }
}
