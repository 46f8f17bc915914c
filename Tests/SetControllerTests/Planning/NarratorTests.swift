import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Every change is told once, with its reason; what stays as it was is not told.
@Suite struct NarratorTests {
    @Test func aRestartSaysWhy() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        let short = try cluster.version.short
        let old = try #require(cluster.set.status?.activeVersion).prefix(8)
        #expect(
            try Self.told(&cluster) == [
                "RolloutStarted: Rolling out version \(short) in place of \(old) (RollingOrdered): "
                    + "spec.containers[spiced].image changed."
            ])
        cluster.fleet.sync("demo-0")
        #expect(
            try Self.told(&cluster) == [
                "RestartingPod: Restarting pod demo-0-0 for version \(short): spec.containers[spiced].image changed."
            ])
        #expect(try Self.told(&cluster) == [])
    }

    @Test func wholeRollout() throws {
        var cluster = Cluster(Sample.set { $0.replicas = 2 })
        var told: [String] = []
        for _ in 0..<5 {
            told += try Self.told(&cluster)
            cluster.fleet.settle()
        }
        let short = try cluster.version.short
        #expect(told == ["Ready: 2 pods ready with version \(short)."])
    }

    @Test func scalingIn() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 3)
        cluster.edit { $0.replicas = 1 }
        #expect(try Self.told(&cluster) == ["RemovingReplica: Scaling in to 1: removing demo-1, demo-2."])
        #expect(try Self.told(&cluster).count == 1)
        #expect(try Self.told(&cluster) == [])
    }

    @Test func pausing() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 1)
        cluster.edit { $0.replicas = 0 }
        let told = try Self.told(&cluster)
        #expect(told.contains("Paused: The set is paused: spec.replicas is 0."))
        #expect(try Self.told(&cluster) == [])
    }

    @Test func unreadyPodsAreAWarning() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        cluster.fleet.setReady("demo-0-0", false)
        let events = try cluster.reconcile().events
        #expect(events.map(\.note) == ["1 of 2 pods ready."])
        #expect(events.map(\.isWarning) == [true])
        #expect(try cluster.reconcile().events == [])
    }

    /// Told notes, after the plan was performed.
    private static func told(_ cluster: inout Cluster) throws -> [String] {
        try cluster.reconcile().events.map { "\($0.reason.rawValue): \($0.note)" }
    }
}
