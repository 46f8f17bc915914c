import ControllerSimulation
import Testing
import TopologySimulation

@Suite struct ReplayTests {
    /// The same seed tells the same story, line by line.
    @Test(arguments: 0..<5 as Range<UInt64>)
    func repeatsExactly(seed: UInt64) async throws {
        let first = try await Topologies.play(seed: seed, keepsTrace: true)
        let second = try await Topologies.play(seed: seed, keepsTrace: true)
        #expect(first.trace == second.trace)
        #expect(first.trace.count > 20)
    }
}
