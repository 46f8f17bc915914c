import KubernetesModel
import Testing

@testable import SetController

/// What the storage driver says about a resize that fails is passed on.
@Suite struct ResizeFailureTests {
    @Test(arguments: ["ControllerResizeError", "NodeResizeError"]) func condition(type: String) {
        var volumes = VolumeWorld(wanted: "2Gi")
        volumes.world.claims[0].requested = "2Gi"
        volumes.world.claims[0].conditions = [.init(type: type, since: Sample.now, message: "no space left")]
        let plan = volumes.plan
        #expect(plan.apply.isEmpty)
        #expect(plan.reasons == [.volumeExpansionFailed])
        #expect(plan.warnings[0].message.hasPrefix("Claim data-demo-0-0 could not grow to 2Gi: no space left."))
    }

    @Test(arguments: [
        ("ControllerResizeInfeasible", true), ("NodeResizeInfeasible", true), ("ControllerResizeInProgress", false),
        ("NodeResizePending", false),
    ])
    func allocationStatus(status: String, isFailure: Bool) {
        var volumes = VolumeWorld(wanted: "2Gi")
        volumes.world.claims[0].requested = "2Gi"
        volumes.world.claims[0].resizeStatus = status
        #expect(volumes.plan.reasons == (isFailure ? [.volumeExpansionFailed] : []))
    }

    /// What failed comes before what is merely ignored.
    @Test func gravity() {
        var volumes = VolumeWorld(live: "2Gi", wanted: "1Gi")
        volumes.add("cache", wanted: "2Gi", storageClass: "fixed")
        volumes.world.claims[0].conditions = [.init(type: "NodeResizeError", since: Sample.now, message: "x")]
        #expect(volumes.plan.reasons == [.volumeExpansionFailed, .volumeExpansionUnsupported, .volumeShrinkIgnored])
    }
}
