import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Restarts for a file system take their place in the rolling order, and are told as what they are.
@Suite struct RestartOrderTests {
    @Test func oneAtATime() throws {
        var cluster = Cluster(
            Sample.set { spec in
                spec.replicas = 2
                spec.volumeClaimTemplates = [VolumeWorld.template("data", "2Gi")]
            })
        try cluster.converge()
        var world = cluster.world
        let since = Timestamp(unixSeconds: Sample.now.unixSeconds - 100)
        for index in world.pods.indices { world.pods[index].createdAt = Timestamp(unixSeconds: since.unixSeconds - 100) }
        world.claims = (0..<2).map { ordinal in
            var claim = ObservedClaim(key: ObjectKey(namespace: "default", name: "data-demo-\(ordinal)-0"), uid: "claim-\(ordinal)")
            claim.phase = "Bound"
            claim.requested = "2Gi"
            claim.conditions = [.init(type: "FileSystemResizePending", since: since, message: "")]
            return claim
        }
        let plan = try cluster.planner.plan(world)
        #expect(plan.removed(.pods) == ["demo-0-0"])
        #expect(plan.events.map(\.reason) == [.restartingForFileSystem])

        // while the first is away the second one stays
        world.pods[0].isReady = false
        world.pods[0].createdAt = world.now
        #expect(try cluster.planner.plan(world).removed(.pods).isEmpty)
    }
}
