import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Through any sequence of edits: every version that a workload or pod uses keeps its ConfigMap, no frozen template changes,
/// the Service stays once it is there, and in the end nothing is left over and nothing left to do.
@Suite struct RandomPlanTests {
    @Test(arguments: 0..<40)
    func keepsTheWorldInOrder(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var cluster = Cluster(Sample.set { $0.replicas = 2 })
        var templates: [ObjectKey: String] = [:]
        var hadService = false
        for _ in 0..<30 {
            switch random.below(8) {
            case 0: cluster.edit { $0.replicas = Int32(random.below(4)) }
            case 1: cluster.edit { $0.image = ContainerImage { $0.tag = "\(random.below(3))" } }
            case 2: cluster.planner.settings.telemetryProperties = ["release": "\(random.below(9))"]
            case 3: cluster.fleet.settle(broken: ["demo-\(random.below(3))-0"])
            case 4: for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
            default: try cluster.reconcile()
            }
            let kept = Set(cluster.versions.compactMap { $0.version?.short })
            let used = Set((cluster.fleet.workloads.map(\.version) + cluster.fleet.ownedPods.map(\.version)).compactMap { $0 })
            #expect(used.isSubset(of: kept))
            for version in cluster.versions {
                let template = try #require(version.template)
                if let known = templates[version.key] { #expect(known == template) }
                templates[version.key] = template
            }
            templates = templates.filter { entry in cluster.versions.contains { $0.key == entry.key } }
            let hasService = cluster.object(.services, "demo") != nil
            #expect(hasService || !hadService)
            hadService = hasService
        }
        try cluster.converge()
        #expect(cluster.versions.compactMap(\.version) == [try cluster.version])
        #expect(cluster.fleet.availablePods.count == Int(cluster.set.spec.replicas ?? 1))
    }
}
