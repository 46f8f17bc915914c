import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Sizes in the generations of a rollout: the one with the wanted version follows the spec, others stay as they are.
@Suite struct GenerationVolumeTests {
    private func size(_ plan: SetPlan, _ workload: String) -> String? {
        plan.object(.statefulSets, workload)?[path: "spec", "volumeClaimTemplates"]?[0]?[
            path: "spec", "resources", "requests", "storage"]?.stringValue
    }

    /// The version's record has the size that it was born with; replicas made after a growth have the spec's.
    @Test func newReplicasHaveTheSizeOfTheSpec() throws {
        var cluster = Cluster(Sample.set { $0.volumeClaimTemplates = [VolumeWorld.template("data", "1Gi")] })
        try cluster.converge()
        cluster.edit {
            $0.volumeClaimTemplates = [VolumeWorld.template("data", "2Gi")]
            $0.replicas = 2
        }
        let plan = try cluster.plan()
        #expect(plan.removed(.pods).isEmpty, "the size is no part of the version")
        #expect(size(plan, "demo-0") == "2Gi")
        #expect(size(plan, "demo-1") == "2Gi")
    }

    /// What is kept beside the target neither grows nor is replaced, nor is it told to be too large.
    @Test func keptGenerations() throws {
        let version = try Version(of: Sample.set().spec, named: "demo")
        let workload = ObservedWorkload(
            key: ObjectKey(namespace: "default", name: "demo-0"), uid: "sts", version: "0ddba110", isObserved: true,
            claimSizes: ["data": "2Gi", "cache": "1Gi"])
        var set = Sample.set()
        set.spec.volumeClaimTemplates = [VolumeWorld.template("data", "5Gi")]
        var world = Sample.world(set)
        world.workloads = [workload]
        var claim = ObservedClaim(key: ObjectKey(namespace: "default", name: "data-demo-0-0"), uid: "claim")
        claim.phase = "Bound"
        claim.requested = "2Gi"
        claim.storageClassName = "unseen"
        world.claims = [claim]

        let kept = VolumePlanner.plan(ClaimOwner.all(in: world, of: .versioned(version.short), asked: version), in: world)
        #expect(kept.apply.isEmpty && kept.warnings.isEmpty)
        #expect(kept.sizes == ["demo-0": ["data": "2Gi", "cache": "1Gi"]])

        let target = VolumePlanner.plan(ClaimOwner.all(in: world, of: .rolling, asked: version), in: world)
        #expect(target.growth == ["data-demo-0-0": "5Gi"])
        #expect(target.sizes == ["demo-0": ["data": "5Gi", "cache": "1Gi"]])
    }

    /// A generation that came up at once restarts for its file systems one by one.
    @Test func versionedGenerationsRestartInOrder() throws {
        var cluster = Cluster(
            Sample.set { spec in
                spec.replicas = 2
                spec.updateStrategy = UpdateStrategy { $0.type = .blueGreen }
                spec.volumeClaimTemplates = [VolumeWorld.template("data", "2Gi")]
            })
        try cluster.converge()
        var world = cluster.world
        let since = Timestamp(unixSeconds: Sample.now.unixSeconds - 100)
        for index in world.pods.indices { world.pods[index].createdAt = Timestamp(unixSeconds: since.unixSeconds - 100) }
        world.claims = world.workloads.map { workload in
            let name = ClaimName(template: "data", workload: workload.key.name).text
            var claim = ObservedClaim(key: ObjectKey(namespace: "default", name: name), uid: name)
            claim.phase = "Bound"
            claim.requested = "2Gi"
            claim.conditions = [.init(type: "FileSystemResizePending", since: since, message: "")]
            return claim
        }
        let plan = try cluster.planner.plan(world)
        #expect(plan.removed(.pods) == ["\(world.workloads.map(\.key.name).sorted()[0])-0"])
        #expect(plan.applied(.statefulSets).count == 2)
    }
}
