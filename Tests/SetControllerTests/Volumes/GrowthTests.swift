import ControllerRuntime
import JSON
import KubernetesModel
import Testing

@testable import SetController

/// Every claim that asks for less than its template grows to it, and no other.
@Suite struct GrowthTests {
    @Test func growsEveryClaimOfEveryTemplate() {
        var volumes = VolumeWorld(replicas: 2, wanted: "2Gi")
        volumes.add("cache", replicas: 2, live: "1Gi", wanted: "3Gi")
        let plan = volumes.plan
        let expected = [
            "data-demo-0-0": "2Gi", "data-demo-1-0": "2Gi", "cache-demo-0-0": "3Gi", "cache-demo-1-0": "3Gi",
        ]
        #expect(plan.growth == expected)
        #expect(plan.warnings.isEmpty && plan.restarts.isEmpty && plan.lookAgain == nil)
        #expect(plan.events.map(\.reason) == [.resizingVolume, .resizingVolume])
        #expect(plan.events[0].note == "Each of the claims data-demo-0-0, data-demo-1-0 grows to 2Gi.")
    }

    /// The size alone is written, to the very object that was seen.
    @Test func writesTheSizeAlone() throws {
        let desired = try #require(VolumeWorld(wanted: "2Gi").plan.apply.first)
        #expect(desired.isAmendment)
        let expected: JSONValue = [
            "apiVersion": "v1", "kind": "PersistentVolumeClaim",
            "metadata": ["name": "data-demo-0-0", "namespace": "default", "uid": "data-0"],
            "spec": ["resources": ["requests": ["storage": "2Gi"]]],
        ]
        #expect(desired.object == expected)
    }

    /// Amounts count, not their notation.
    @Test(arguments: [("1Gi", "1024Mi"), ("1Gi", "1073741824"), ("1000M", "1G"), ("1Gi", "1Gi")])
    func equalSizes(live: String, wanted: String) {
        #expect(VolumeWorld(live: live, wanted: wanted).plan.apply.isEmpty)
    }

    /// The API server lets only bound claims grow, and what is going needs no size.
    @Test func waitsForTheClaim() {
        for phase in ["Pending", "Lost", ""] {
            var volumes = VolumeWorld(wanted: "2Gi")
            volumes.world.claims[0].phase = phase
            #expect(volumes.plan.apply.isEmpty)
        }
        var volumes = VolumeWorld(wanted: "2Gi")
        volumes.world.claims[0].isDeleting = true
        #expect(volumes.plan.apply.isEmpty)
        volumes.world.claims = []
        #expect(volumes.plan.apply.isEmpty)
    }

    /// While the driver works nothing more is asked for.
    @Test func isQuietWhileResizing() {
        var volumes = VolumeWorld(wanted: "2Gi")
        volumes.world.claims[0].requested = "2Gi"
        volumes.world.claims[0].conditions = [.init(type: "Resizing", since: Sample.now, message: "")]
        let plan = volumes.plan
        #expect(plan.apply.isEmpty && plan.events.isEmpty && plan.warnings.isEmpty && plan.lookAgain == nil)
    }
}
