import ControllerRuntime
import JSON
import KubernetesModel
import Testing

@testable import SetController

/// What is read of claims, classes and claim templates.
@Suite struct CachedClaimTests {
    @Test func claim() throws {
        let text = """
            {"metadata":{"name":"data-demo-0-0","namespace":"n","uid":"u","labels":{"spice.ai/spicepod":"demo"}},
            "spec":{"storageClassName":"c","resources":{"requests":{"storage":"2Gi"}}},
            "status":{"phase":"Bound","capacity":{"storage":"1Gi"},"allocatedResourceStatuses":{"storage":"NodeResizePending"},
            "conditions":[{"type":"Resizing","status":"False"},
            {"type":"FileSystemResizePending","status":"True","lastTransitionTime":"2026-01-31T10:00:00Z","message":"wait"}]}}
            """
        let cached = try JSONScanner.scan(Array(text.utf8)) { try CachedClaim(scanning: &$0) }
        var expected = ObservedClaim(key: ObjectKey(namespace: "n", name: "data-demo-0-0"), uid: "u")
        expected.requested = "2Gi"
        expected.capacity = "1Gi"
        expected.storageClassName = "c"
        expected.phase = "Bound"
        expected.resizeStatus = "NodeResizePending"
        expected.conditions = [.init(type: "FileSystemResizePending", since: Timestamp("2026-01-31T10:00:00Z"), message: "wait")]
        #expect(cached.claim == expected)
        #expect(cached.setLabel == "demo")
    }

    /// What is missing, null or of another type is no reason to fail: a whole list would fail with it.
    @Test func oddClaim() throws {
        let text =
            #"{"metadata":{"name":"x"},"spec":{"resources":{"requests":{"storage":5}}},"status":{"conditions":[{"type":null}]}}"#
        let cached = try JSONScanner.scan(Array(text.utf8)) { try CachedClaim(scanning: &$0) }
        #expect(cached.claim.requested == "5")
        #expect(cached.claim.conditions.isEmpty && cached.claim.fileSystemPending == nil)
    }

    @Test(arguments: [("true", true), ("false", false)]) func storageClass(allows: String, expected: Bool) throws {
        let text = #"{"metadata":{"name":"c"},"provisioner":"p","allowVolumeExpansion":\#(allows)}"#
        let cached = try JSONScanner.scan(Array(text.utf8)) { try CachedStorageClass(scanning: &$0) }
        #expect(cached.observed == ObservedStorageClass(name: "c", allowsExpansion: expected, isDefault: false))
    }

    @Test func claimTemplates() throws {
        let text = """
            {"metadata":{"name":"demo-0"},"spec":{"volumeClaimTemplates":[
            {"metadata":{"name":"data"},"spec":{"resources":{"requests":{"storage":"1Gi"}}}},{"metadata":{"name":"odd"}}]}}
            """
        let cached = try JSONScanner.scan(Array(text.utf8)) { try CachedWorkload(scanning: &$0) }
        #expect(cached.observed.claimSizes == ["data": "1Gi", "odd": ""])
    }

    /// Templates and StatefulSets may have dashes: a claim's name is read in every way.
    @Test func names() {
        let readings = ClaimName.readings(of: "my-data-demo-0-0")
        let expected = [
            ClaimName(template: "my", workload: "data-demo-0"), ClaimName(template: "my-data", workload: "demo-0"),
            ClaimName(template: "my-data-demo", workload: "0"),
        ]
        #expect(readings == expected)
        #expect(readings.allSatisfy { $0.text == "my-data-demo-0-0" })
        #expect(ClaimName.readings(of: "data-demo-1").isEmpty)
        #expect(ClaimName.readings(of: "-0").isEmpty)
    }
}
