import KubernetesModel
import Testing

@testable import SetController

/// A StatefulSet's claim template has the spec's size, and never less than it had.
@Suite struct TemplateSizeTests {
    @Test(
        arguments: [
            ("1Gi", "2Gi", "2Gi"), ("2Gi", "1Gi", "2Gi"), ("1Gi", "1024Mi", "1024Mi"), ("nonsense", "1Gi", "1Gi"),
        ] as [(String, String, Quantity)])
    func size(live: String, wanted: String, expected: Quantity) {
        #expect(VolumeWorld(live: live, wanted: wanted).plan.sizes == ["demo-0": ["data": expected]])
    }

    /// Each goes by itself: some may have grown before the others.
    @Test func eachStatefulSet() {
        var volumes = VolumeWorld(replicas: 2, wanted: "2Gi")
        volumes.world.workloads[1].claimSizes = ["data": "3Gi"]
        #expect(volumes.plan.sizes == ["demo-0": ["data": "2Gi"], "demo-1": ["data": "3Gi"]])
    }

    /// A template that a StatefulSet does not have yet comes as the spec has it.
    @Test func newTemplate() {
        var volumes = VolumeWorld()
        volumes.templates.append(VolumeWorld.template("cache", "4Gi"))
        #expect(volumes.plan.sizes == ["demo-0": ["data": "1Gi", "cache": "4Gi"]])
    }

    /// Also where the claims cannot follow: who makes a claim anew gets the size of the spec.
    @Test func classThatCannotExpand() {
        #expect(VolumeWorld(wanted: "2Gi", storageClass: "fixed").plan.sizes == ["demo-0": ["data": "2Gi"]])
    }
}
