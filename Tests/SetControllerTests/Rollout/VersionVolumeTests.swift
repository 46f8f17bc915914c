import ControllerRuntime
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// The volumes of a version are deleted with it, and never while it may still serve.
@Suite struct VersionVolumeTests {
    @Test func goWithTheirVersion() throws {
        var cluster = try StandbyTests.upgraded()
        let (old, new) = (StandbyTests.sha(cluster, tag: nil).prefix(8), try cluster.version.short)
        cluster.versionClaims = [Self.claim(of: String(old)), Self.claim(of: new), Self.claim(of: "deadbeef")]
        // the third is of a version that nobody knows any more
        #expect(try cluster.plan().removed(.persistentVolumeClaims) == ["data-demo-deadbeef-0-0"])
        cluster.now = cluster.now + .seconds(899)
        #expect(!(try cluster.plan().removed(.persistentVolumeClaims)).contains("data-demo-\(old)-0-0"))
        cluster.now = cluster.now + .seconds(1)
        let plan = try cluster.plan()
        #expect(plan.removed(.persistentVolumeClaims) == ["data-demo-\(old)-0-0", "data-demo-deadbeef-0-0"])
        #expect(plan.events.contains { $0.reason == .removingVersion && $0.note.contains("version \(old) with its volumes") })
    }

    /// A paused set comes back with its data.
    @Test func stayWhilePaused() throws {
        var cluster = try StandbyTests.upgraded()
        let (old, new) = (String(StandbyTests.sha(cluster, tag: nil).prefix(8)), try cluster.version.short)
        cluster.versionClaims = [Self.claim(of: old), Self.claim(of: new)]
        cluster.edit { $0.replicas = 0 }
        try cluster.converge()
        #expect(try cluster.plan().removed(.persistentVolumeClaims) == [])
        cluster.now = cluster.now + .seconds(900)
        let plan = try cluster.plan()
        #expect(plan.removed(.persistentVolumeClaims) == ["data-demo-\(old)-0-0"])
        #expect(plan.events.map(\.reason) == [.removingVersion])
    }

    private static func claim(of version: String) -> ObservedClaim {
        let name = "data-demo-\(version)-0-0"
        var claim = ObservedClaim(key: ObjectKey(namespace: "default", name: name), uid: name)
        claim.generation = .versioned(version)
        return claim
    }
}
