import KubernetesModel
import Testing

@testable import SetController

/// A class that cannot expand gets no request, and one warning that names it, the claims and the remedy.
@Suite struct UnsupportedClassTests {
    @Test func asksForNothing() {
        let plan = VolumeWorld(replicas: 5, wanted: "2Gi", storageClass: "fixed").plan
        #expect(plan.apply.isEmpty && plan.events.isEmpty && plan.lookAgain == nil)
        #expect(plan.reasons == [.volumeExpansionUnsupported])
        let message =
            "Each of the claims data-demo-0-0, data-demo-1-0, data-demo-2-0 and 2 more cannot grow to 2Gi: StorageClass fixed does not "
            + "allow expansion. Set allowVolumeExpansion: true on it where its driver can, or delete a claim and its pod to have it "
            + "made anew, without its data."
        #expect(plan.warnings[0].message == message)
    }

    @Test(arguments: [nil, ""]) func volumeWithoutClass(storageClass: String?) {
        let plan = VolumeWorld(wanted: "2Gi", storageClass: storageClass).plan
        #expect(plan.apply.isEmpty)
        #expect(plan.reasons == [.volumeExpansionUnsupported])
    }

    /// Classes that may not be read are tried: the API server knows them.
    @Test func unknownClass() {
        let plan = VolumeWorld(wanted: "2Gi", storageClass: "unseen").plan
        #expect(plan.growth == ["data-demo-0-0": "2Gi"])
        #expect(plan.warnings.isEmpty)
    }

    /// One claim's class says nothing about another's.
    @Test func othersGrow() {
        var volumes = VolumeWorld(wanted: "2Gi", storageClass: "fixed")
        volumes.add("cache", wanted: "2Gi")
        #expect(volumes.plan.growth == ["cache-demo-0-0": "2Gi"])
        #expect(volumes.plan.reasons == [.volumeExpansionUnsupported])
    }

    /// The warning is about a wish: without one there is none.
    @Test func nothingWanted() {
        #expect(VolumeWorld(storageClass: "fixed").plan.warnings.isEmpty)
    }
}
