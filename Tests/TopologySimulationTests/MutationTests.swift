import ControllerSimulation
import Testing
import TopologySimulation

@Suite struct MutationTests {
    /// Each planted bug breaks a promise within a small number of seeds: the promises have teeth.
    @Test(arguments: Mutation.all)
    func isFound(mutation: Mutation) async throws {
        for seed in 0..<200 as Range<UInt64> {
            if try await !Topologies.play(seed: seed, mutation: mutation).isGood { return }
        }
        Issue.record("nobody noticed: \(mutation.name)")
    }
}
