import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A rollout that gets no further for `progressDeadlineSeconds` says so, in the words of the pod that holds it up.
@Suite struct ProgressDeadlineTests {
    @Test func tellsThePodsOwnReason() throws {
        var cluster = try Self.stuck()
        let due = try #require(try cluster.plan().lookAgain)
        #expect(due <= .seconds(600))
        cluster.now = cluster.now + .seconds(600)
        let plan = try cluster.reconcile()
        let progressing = plan.status.condition("Progressing")
        #expect(progressing?.status == .false && progressing?.reason == "ImagePullBackOff")
        #expect(progressing?.message.contains("no such image") == true && progressing?.message.contains("600 s") == true)
        #expect(plan.lookAgain == FailureEvents.period)
        // the pods that serve are left alone
        #expect(plan.delete == [] && cluster.fleet.availablePods.count == 2)
    }

    /// A pod that gets ready and falls over again is no progress (argoproj/argo-rollouts#3765).
    @Test func comingAndGoingIsNoProgress() throws {
        var cluster = try Self.stuck()
        for second in 1..<60 {
            cluster.now = cluster.now + .seconds(10)
            cluster.fleet.setReady("demo-0-0", second % 2 == 0)
            // while it is ready the next pod would be replaced: only the status counts here
            cluster.set.status = try cluster.plan().status
        }
        cluster.fleet.setReady("demo-0-0", false)
        cluster.now = cluster.now + .seconds(590)
        #expect(try cluster.plan().status.condition("Progressing")?.status == .false)
    }

    @Test func endsWithTheCorrection() throws {
        var cluster = try Self.stuck()
        cluster.now = cluster.now + .seconds(600)
        try cluster.reconcile()
        cluster.edit { $0.image = ContainerImage { $0.tag = "right" } }
        #expect(try cluster.reconcile().status.condition("Progressing")?.status == .true)
        try cluster.converge()
        #expect(cluster.set.status?.rollout == nil)
        #expect(cluster.fleet.availablePods.count == 3)
    }

    @Test func asLongAsTheSpecSays() throws {
        var cluster = try Self.stuck(deadline: 30)
        cluster.now = cluster.now + .seconds(29)
        #expect(try cluster.plan().status.condition("Progressing")?.status == .true)
        cluster.now = cluster.now + .seconds(1)
        #expect(try cluster.plan().status.condition("Progressing")?.status == .false)
    }

    private static func stuck(deadline: Int32? = nil) throws -> Cluster {
        var cluster = try OrderedUpdateTests.running(replicas: 3)
        cluster.edit {
            $0.image = ContainerImage { $0.tag = "missing" }
            $0.progressDeadlineSeconds = deadline
        }
        for _ in 0..<4 {
            try cluster.reconcile()
            cluster.fleet.settle(broken: ["demo-0-0"])
        }
        cluster.fleet.setTrouble("demo-0-0", .init(reason: "ErrImagePull", message: "no such image"))
        return cluster
    }
}
