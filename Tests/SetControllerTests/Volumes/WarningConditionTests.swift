import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// The condition Warning is there while something is amiss; its event comes once.
@Suite struct WarningConditionTests {
    private func cluster() throws -> (Cluster, World) {
        var cluster = Cluster(
            Sample.set { $0.volumeClaimTemplates = [VolumeWorld.template("data", "2Gi")] })
        try cluster.converge()
        var world = cluster.world
        world.storageClasses = ["fixed": ObservedStorageClass(name: "fixed", allowsExpansion: false, isDefault: true)]
        var claim = ObservedClaim(key: ObjectKey(namespace: "default", name: "data-demo-0-0"), uid: "claim")
        claim.phase = "Bound"
        claim.requested = "1Gi"
        claim.storageClassName = "fixed"
        world.claims = [claim]
        return (cluster, world)
    }

    @Test func comesOnceAndGoes() throws {
        var (cluster, world) = try cluster()
        let first = try cluster.planner.plan(world)
        let warning = try #require(first.status.condition("Warning"))
        #expect(warning.status == .true && warning.reason == "VolumeExpansionUnsupported")
        #expect(first.status.condition("Ready")?.status == .true)
        #expect(first.events.map(\.reason) == [.volumeExpansionUnsupported])

        world.set.status = first.status
        let second = try cluster.planner.plan(world)
        #expect(second.events.isEmpty)
        #expect(second.status == first.status, "nothing to write")

        world.storageClasses["fixed"]?.allowsExpansion = true
        let third = try cluster.planner.plan(world)
        #expect(third.status.condition("Warning") == nil)
        #expect(third.applied(.persistentVolumeClaims) == ["data-demo-0-0"])
    }

    /// What keeps another object from being made does not hide it.
    @Test func staysBesideOtherTrouble() throws {
        let (cluster, world) = try cluster()
        var plan = try cluster.planner.plan(world)
        plan.stall(world, .forbidden, "no")
        #expect(plan.status.condition("Warning")?.reason == "VolumeExpansionUnsupported")
    }
}
