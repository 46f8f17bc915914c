import ControllerSimulation
import Testing
import TopologySimulation

@Suite struct PromiseTests {
    /// Whatever users, faults and timing do, every promise of `Invariants/` is kept, and the cluster comes to rest. `make soak-clusters` plays
    /// many more.
    @Test(arguments: 0..<6 as Range<UInt64>)
    func areKept(block: UInt64) async throws {
        let count = Budget.seeds / 6
        for seed in (block * count)..<(block * count + count) {
            let outcome = try await Topologies.play(seed: seed)
            guard let violation = outcome.violation else { continue }
            let story = try await Topologies.shrink(seed: seed).trace.joined(separator: "\n")
            Issue.record("seed \(seed): \(violation.id): \(violation.detail)\n\(story)")
            return
        }
    }
}
