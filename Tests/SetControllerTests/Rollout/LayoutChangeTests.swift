import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A strategy that needs the other layout takes effect with the next version; no pod restarts for the strategy alone, and the
/// Service never loses a pod on the way.
@Suite struct LayoutChangeTests {
    @Test(arguments: [
        (UpdateStrategyType.rollingOrdered, UpdateStrategyType.blueGreen), (.blueGreen, .rollingOrdered),
        (.blueGreen, .rollingParallel),
        (.rollingParallel, .blueGreen),
    ])
    func withTheNextVersion(from: UpdateStrategyType, to: UpdateStrategyType) throws {
        var cluster = Cluster(
            Sample.set {
                $0.replicas = 3
                $0.updateStrategy = UpdateStrategy { $0.type = from }
            })
        try cluster.converge()
        let pods = cluster.fleet.pods.map(\.uid)
        cluster.edit { $0.updateStrategy?.type = to }
        try cluster.converge()
        #expect(cluster.fleet.pods.map(\.uid) == pods)

        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        for _ in 0..<20 {
            try cluster.reconcile()
            #expect(cluster.served.count >= 3)
            cluster.fleet.settle()
            #expect(cluster.served.count >= 3)
        }
        cluster.now = cluster.now + .seconds(30)
        try cluster.converge()
        let short = try cluster.version.short
        #expect(cluster.names(.statefulSets) == (0..<3).map { to == .blueGreen ? "demo-\(short)-\($0)" : "demo-\($0)" })
        #expect(cluster.served.count == 3)
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
    }

    /// A rollout under way is finished where it began.
    @Test func inTheMiddleOfARollout() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 3)
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        for _ in 0..<3 {
            try cluster.reconcile()
            cluster.fleet.settle()
        }
        cluster.edit { $0.updateStrategy = UpdateStrategy { $0.type = .blueGreen } }
        try cluster.converge()
        #expect(cluster.names(.statefulSets) == ["demo-0", "demo-1", "demo-2"])
        #expect(Set(cluster.fleet.pods.map(\.version)) == [try cluster.version.short])
    }

    /// A third version under another strategy leaves the half-rolled pods serving until it takes over.
    @Test func halfRolledPodsServeOn() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 3)
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        while Set(cluster.fleet.availablePods.compactMap { cluster.fleet.pod($0)?.version }).count < 2 {
            try cluster.reconcile()
            cluster.fleet.settle()
        }
        cluster.edit {
            $0.image = ContainerImage { $0.tag = "3" }
            $0.updateStrategy = UpdateStrategy { $0.type = .blueGreen }
        }
        let before = cluster.served
        try cluster.reconcile()
        for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        #expect(cluster.served == before)
        try cluster.converge()
        let short = try cluster.version.short
        #expect(cluster.served == (0..<3).map { "demo-\(short)-\($0)-0" })
    }
}

extension Cluster {
    /// Available pods that the Service selects.
    var served: [String] {
        guard let service = services.first(where: { $0.key.name == "demo" }) else { return [] }
        let workloads = fleet.workloads.filter { $0.generation.layout == service.selected.layout }
        let pods = fleet.pods.filter { pod in
            pod.isAvailable && workloads.contains { $0.uid == pod.ownerUID }
                && (service.selected.version == nil || pod.version == service.selected.version)
        }
        return pods.map(\.name).sorted()
    }
}
