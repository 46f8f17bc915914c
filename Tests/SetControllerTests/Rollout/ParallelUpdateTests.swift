import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// RollingParallel replaces as many pods at once as may be unavailable, those that are down anyway first, and of several
/// pods one always stays.
@Suite struct ParallelUpdateTests {
    @Test(arguments: [
        (1, "1", 1), (1, "5", 1), (2, "2", 1), (2, "100%", 1), (5, "1", 1), (5, "2", 2), (5, "9", 4),
        (5, "40%", 2), (5, "59%", 2), (5, "1%", 1), (5, "100%", 4),
    ])
    func atOnce(replicas: Int, maxUnavailable: String, expected: Int) throws {
        var cluster = try Self.updating(replicas: replicas, maxUnavailable: maxUnavailable)
        #expect(try cluster.reconcile().removed(.pods).count == expected)
        #expect(cluster.fleet.availablePods.count == replicas - expected)
        // nothing more until one of them is back
        #expect(try cluster.reconcile().removed(.pods) == [])
        for pod in cluster.fleet.pods { cluster.fleet.finishStopping(pod.name) }
        for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        #expect(try cluster.reconcile().removed(.pods) == [])
        cluster.fleet.setReady("demo-0-0")
        #expect(try cluster.reconcile().removed(.pods).count == min(1, replicas - expected))
    }

    @Test func podsThatAreDownFirst() throws {
        var cluster = try Self.updating(replicas: 4, maxUnavailable: "1")
        cluster.fleet.setReady("demo-2-0", false)
        #expect(try cluster.reconcile().removed(.pods) == ["demo-2-0"])
    }

    /// Pods that are down count as unavailable: those that serve make up only what is left.
    @Test func podsThatAreDownCount() throws {
        var cluster = try Self.updating(replicas: 4, maxUnavailable: "2")
        cluster.fleet.setReady("demo-2-0", false)
        #expect(try cluster.reconcile().removed(.pods) == ["demo-2-0", "demo-0-0"])
    }

    /// However many are broken: replacing them costs nothing.
    @Test func allBrokenPodsAtOnce() throws {
        var cluster = try Self.updating(replicas: 4, maxUnavailable: "1")
        for ordinal in 0..<4 { cluster.fleet.setReady("demo-\(ordinal)-0", false) }
        #expect(try cluster.reconcile().removed(.pods).count == 4)
    }

    /// A set whose update was planned and whose StatefulSet controllers have caught up; no pod has been replaced yet.
    static func updating(replicas: Int, maxUnavailable: String) throws -> Cluster {
        var cluster = try Cluster(
            Sample.set(yaml: "{replicas: \(replicas), updateStrategy: {type: RollingParallel, maxUnavailable: \(maxUnavailable)}}"))
        try cluster.converge()
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.reconcile()
        for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        return cluster
    }
}
