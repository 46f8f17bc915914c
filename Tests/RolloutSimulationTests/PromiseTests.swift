import ControllerSimulation
import RolloutSimulation
import Testing

@Suite struct PromiseTests {
    /// Whatever users, faults and timing do, every promise of `Invariants/` is kept, and the set comes to rest. `make soak` plays
    /// many more.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func areKept(block: UInt64) async throws {
        let count = Budget.seeds / 8
        for seed in (block * count)..<(block * count + count) {
            let outcome = try await Rollouts.play(seed: seed)
            guard let violation = outcome.violation else { continue }
            let story = try await Rollouts.shrink(seed: seed).trace.joined(separator: "\n")
            Issue.record("seed \(seed): \(violation.id): \(violation.detail)\n\(story)")
            return
        }
    }
}
