import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A pod without a readiness probe counts for a rollout once it has been Ready for 5 s: until then it may be about to crash.
@Suite struct TrialTests {
    @Test func theNextPodGoesWhenTheOneBeforeHasLasted() throws {
        var cluster = try Self.replacing("{replicas: 3}")
        cluster.fleet.setReady("demo-0-0")
        cluster.fleet.setReadySince("demo-0-0", cluster.now)
        #expect(try cluster.reconcile().lookAgain == .seconds(5))
        #expect(cluster.set.status?.updatedReplicas == 0 && cluster.set.status?.readyReplicas == 3)
        #expect(cluster.fleet.workload("demo-1")?.version != (try cluster.version.short))

        cluster.now = cluster.now + .seconds(5)
        try cluster.reconcile()
        #expect(cluster.set.status?.updatedReplicas == 1)
        cluster.fleet.sync("demo-1")
        #expect(try cluster.reconcile().removed(.pods) == ["demo-1-0"])
    }

    /// However often it comes back, and whatever a moment looks like.
    @Test(arguments: ["{replicas: 3}", "{replicas: 3, updateStrategy: {type: RollingParallel}}"])
    func aCrashingVersionGetsNoFurther(spec: String) throws {
        var cluster = try Self.replacing(spec)
        for _ in 0..<20 {
            cluster.fleet.setReady("demo-0-0")
            cluster.fleet.setReadySince("demo-0-0", cluster.now)
            for second in 0..<5 {
                cluster.now = cluster.now + .seconds(second == 0 ? 0 : 1)
                #expect(try cluster.reconcile().removed(.pods) == [])
            }
            cluster.fleet.setReady("demo-0-0", false)
            #expect(try cluster.reconcile().removed(.pods) == [])
        }
        #expect(cluster.set.status?.rollout?.reachedReplicas == 0)
    }

    /// The kubelet may tell of a restart and not of the moment in which the pod was not Ready.
    @Test func aRestartBeginsTheTrialAnew() throws {
        var cluster = try Self.replacing("{replicas: 2}")
        cluster.fleet.setReady("demo-0-0")
        cluster.fleet.setReadySince("demo-0-0", cluster.now)
        cluster.now = cluster.now + .seconds(5)
        for index in cluster.fleet.pods.indices { cluster.fleet.pods[index].startedAt = cluster.now + .seconds(-2) }
        #expect(try cluster.reconcile().lookAgain == .seconds(3))
        #expect(cluster.set.status?.updatedReplicas == 0)
    }

    /// A pod of the version before that is young too is none that may be taken for nothing.
    @Test(arguments: ["{replicas: 3}", "{replicas: 3, updateStrategy: {type: RollingParallel}}"])
    func youngPodsGoOneByOne(spec: String) throws {
        var cluster = try ClusterNodeTests.converged("{cluster: {name: c, role: executor}, \(spec.dropFirst())")
        for pod in cluster.fleet.pods { cluster.fleet.setReadySince(pod.name, cluster.now) }
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.reconcile()
        for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        #expect(try cluster.reconcile().removed(.pods) == ["demo-0-0"])
        #expect(try cluster.reconcile().removed(.pods) == [])
    }

    /// The corrected version replaces the pod that comes and goes, and no pod that serves.
    @Test func theCorrectionDoesNotWaitForTheTrial() throws {
        var cluster = try Self.replacing("{replicas: 3}")
        cluster.fleet.setReady("demo-0-0")
        cluster.fleet.setReadySince("demo-0-0", cluster.now)
        cluster.edit { $0.image = ContainerImage { $0.tag = "right" } }
        try cluster.reconcile()
        cluster.fleet.sync("demo-0")
        #expect(try cluster.reconcile().removed(.pods) == ["demo-0-0"])
    }

    /// A pod that came out of turn, since it was down, may be down again in a moment: no other is taken meanwhile, young or not.
    @Test func outOfTurnIsWaitedForToo() throws {
        var cluster = try ClusterNodeTests.converged("{cluster: {name: c, role: executor}, replicas: 3}")
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        cluster.fleet.setReady("demo-2-0", false)
        for _ in 0..<4 {
            try cluster.reconcile()
            for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        }
        cluster.fleet.finishStopping("demo-2-0")
        cluster.fleet.sync("demo-2")
        #expect(try cluster.fleet.pod("demo-2-0")?.version == cluster.version.short)
        for name in ["demo-1-0", "demo-2-0"] {
            cluster.fleet.setReady(name)
            cluster.fleet.setReadySince(name, cluster.now)
        }
        for _ in 0..<4 {
            #expect(try cluster.reconcile().removed(.pods) == [])
            for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        }
        cluster.now = cluster.now + .seconds(5)
        #expect(try cluster.reconcile().removed(.pods) == ["demo-0-0"])
    }

    /// There is nothing to be spared when a set starts, or grows.
    @Test func aFirstRolloutWaitsOnlyOnce() throws {
        var set = try Sample.set(yaml: "{replicas: 3, cluster: {name: c, role: executor}}")
        set.spec.spicepod = nil
        var cluster = Cluster(set)
        for _ in 0..<8 {
            try cluster.reconcile()
            cluster.fleet.settle()
            for pod in cluster.fleet.pods { cluster.fleet.setReadySince(pod.name, cluster.now) }
        }
        #expect(cluster.fleet.availablePods.count == 3)
        let ready = try #require(try cluster.plan().status.condition("Ready"))
        #expect(ready.status == .false && ready.message.hasSuffix("; 3 for less than 5 s."))
        cluster.now = cluster.now + .seconds(5)
        #expect(try cluster.plan().status.condition("Ready")?.status == .true)
    }

    @Test func whereAProbeTellsNothingIsWaitedFor() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        for pod in cluster.fleet.pods { cluster.fleet.setReadySince(pod.name, cluster.now) }
        #expect(try cluster.plan().lookAgain == nil)
        #expect(try cluster.plan().status.condition("Ready")?.status == .true)
    }

    /// Traffic moves, and the version before goes, only when the new one has lasted.
    @Test func besideItWaitsToo() throws {
        var cluster = try ClusterNodeTests.converged(
            "{cluster: {name: c, role: executor}, replicas: 2, updateStrategy: {type: BlueGreen}}")
        let old = try cluster.version.short
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.reconcile()
        cluster.fleet.settle()
        for pod in cluster.fleet.pods where pod.version != old { cluster.fleet.setReadySince(pod.name, cluster.now) }
        cluster.now = cluster.now + .seconds(4)
        #expect(try cluster.reconcile().lookAgain == .seconds(1))
        #expect(try cluster.set.status?.activeVersion != cluster.version.sha)
        cluster.now = cluster.now + .seconds(1)
        try cluster.reconcile()
        #expect(try cluster.set.status?.activeVersion == cluster.version.sha)
    }

    /// Executors whose first pod has just been replaced and does not run yet.
    private static func replacing(_ spec: String) throws -> Cluster {
        var cluster = try ClusterNodeTests.converged("{cluster: {name: c, role: executor}, \(spec.dropFirst())")
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.reconcile()
        for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        #expect(try cluster.reconcile().removed(.pods) == ["demo-0-0"])
        cluster.fleet.finishStopping("demo-0-0")
        cluster.fleet.sync("demo-0")
        return cluster
    }
}
