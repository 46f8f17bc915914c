import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A claim keeps its class whatever the spec says, and that is told.
@Suite struct ClassIgnoredTests {
    @Test func isTold() {
        var volumes = VolumeWorld()
        volumes.templates[0].spec.storageClassName = "fixed"
        #expect(volumes.plan.apply.isEmpty)
        #expect(volumes.plan.reasons == [.volumeClassIgnored])
        #expect(
            volumes.plan.warnings[0].message.hasPrefix("Claim data-demo-0-0 stays with StorageClass expanding: a claim cannot "))
    }

    /// It grows all the same: by the class that it has.
    @Test func growsByTheClassItHas() {
        var volumes = VolumeWorld(wanted: "2Gi")
        volumes.templates[0].spec.storageClassName = "fixed"
        #expect(volumes.plan.growth == ["data-demo-0-0": "2Gi"])
        #expect(volumes.plan.reasons == [.volumeClassIgnored])
    }

    /// No class in the spec means whatever was the default when the claim was made.
    @Test func defaultClass() {
        #expect(VolumeWorld(storageClass: "expanding").plan.warnings.isEmpty)
        #expect(VolumeWorld(storageClass: "of-old").plan.warnings.isEmpty)
    }
}
