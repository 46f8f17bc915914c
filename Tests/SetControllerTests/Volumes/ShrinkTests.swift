import KubernetesModel
import Testing

@testable import SetController

/// A smaller size changes nothing, neither claim nor StatefulSet, and is told.
@Suite struct ShrinkTests {
    @Test func isIgnored() {
        let plan = VolumeWorld(live: "2Gi", wanted: "1Gi").plan
        #expect(plan.apply.isEmpty && plan.events.isEmpty)
        #expect(plan.sizes == ["demo-0": ["data": "2Gi"]])
        #expect(plan.reasons == [.volumeShrinkIgnored])
        let message =
            "Claim data-demo-0-0 stays at 2Gi: a claim cannot shrink to 1Gi. Raise the size in the spec again, or delete a claim and "
            + "its pod to have it made anew, without its data."
        #expect(plan.warnings[0].message == message)
    }

    /// A claim that somebody grew by hand is larger than its template: that StatefulSet is not behind.
    @Test func grownByHand() {
        var volumes = VolumeWorld(wanted: "1Gi")
        volumes.world.claims[0].requested = "5Gi"
        #expect(volumes.plan.sizes == ["demo-0": ["data": "1Gi"]])
        #expect(volumes.plan.reasons == [.volumeShrinkIgnored])
    }
}
