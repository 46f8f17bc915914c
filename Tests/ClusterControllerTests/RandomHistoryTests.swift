import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import ClusterController
@testable import ControllerRuntime

/// Whatever is edited, in whatever order things happen: executors change only when all schedulers have what is wanted, and the end
/// is what was wanted last.
@Suite struct RandomHistoryTests {
    @Test(arguments: 0..<300) func theOrderHolds(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        var topology = Topology(Sample.cluster { $0.tag = "0" })
        try topology.converge()
        for _ in 0..<80 {
            let before = topology[.executor]?.version
            switch random.next() % 12 {
            case 0: topology.edit { $0.tag = "\(random.next() % 4)" }
            case 1: topology.edit { $0.executorSpec.image = Sample.image("\(random.next() % 4)") }
            case 2: topology.edit { $0.schedulerSpec.replicas = Int32(1 + random.next() % 3) }
            case 3: topology.edit { $0.executorSpec.replicas = Int32(random.next() % 5) }
            case 4...7: topology.step(.scheduler)
            case 8, 9: topology.step(.executor)
            default: try topology.reconcile()
            }
            guard let executor = topology[.executor], let before, executor.version != before else { continue }
            let schedulers = try #require(topology[.scheduler])
            #expect(schedulers.pods.allSatisfy { $0.version == schedulers.version })
            #expect(schedulers.spec.image?.tag == topology.cluster.spec.schedulerSpec.image?.tag)
        }
        try topology.converge()
        for role in ClusterRole.allCases {
            let child = try #require(topology[role])
            #expect(child.spec.image?.tag == topology.cluster.spec[role].image?.tag)
            #expect(child.available == Int(topology.cluster.spec[role].replicas ?? 1))
        }
        // converged means nothing to write and nothing to tell
        let plan = try topology.plan()
        #expect(plan.status.topology == topology.cluster.status?.topology)
        #expect(plan.events.isEmpty)
        #expect(plan.apply.allSatisfy { topology.objects[$0.key] == $0.object })
    }
}
