import Testing

@testable import ControllerRuntime

/// Whatever the network and the clocks do, no two replicas hold a slice at once; once they behave, every slice is held.
@Suite struct LeaseSimulationTests {
    @Test(arguments: 0..<14 as Range<UInt64>)
    func oneSliceHasOneHolder(seed: UInt64) async {
        var simulation = LeaseSimulation(slices: 1, replicas: 3, seed: seed)
        await run(&simulation, for: 700)
        #expect(simulation.violations.isEmpty)
        #expect(simulation.takeovers > 1, "nothing happened that could have gone wrong")
        simulation.calmDown()
        #expect(simulation.holders(of: 0).count == 1)
    }

    @Test(arguments: 100..<107 as Range<UInt64>)
    func slicesAreShared(seed: UInt64) async {
        var simulation = LeaseSimulation(slices: 5, replicas: 3, seed: seed)
        await run(&simulation, for: 700)
        #expect(simulation.violations.isEmpty)
        simulation.calmDown()
        #expect(simulation.violations.isEmpty)
        #expect((0..<5).allSatisfy { simulation.holders(of: $0).count == 1 })
        #expect(simulation.shares.sorted() == [1, 2, 2])
    }

    /// In pieces: other tests want the threads too.
    private func run(_ simulation: inout LeaseSimulation, for seconds: Int) async {
        for _ in 0..<(seconds / 5) {
            simulation.run(for: .seconds(5))
            await Task.yield()
        }
    }

    /// Takeover after a crash takes the lease's time, after a graceful stop no time at all.
    @Test(arguments: 200..<204 as Range<UInt64>)
    func aCrashCostsTheLease(seed: UInt64) throws {
        var simulation = LeaseSimulation(slices: 1, replicas: 2, seed: seed, faults: .none)
        simulation.run(for: .seconds(60))
        let first = try #require(simulation.holders(of: 0).first)
        simulation.crash(first)
        simulation.run(for: .seconds(25))
        #expect(simulation.holders(of: 0).isEmpty)
        simulation.run(for: .seconds(15))
        let second = try #require(simulation.holders(of: 0).first)
        #expect(second != first)
        simulation.stop(second)
        simulation.run(for: .seconds(5))
        #expect(simulation.holders(of: 0).first.map { $0 != second } ?? false)
    }
}

extension LeaseSimulation.Faults {
    static var none: LeaseSimulation.Faults {
        LeaseSimulation.Faults(loss: 0, slow: 0, blind: 0, crashes: false, partitions: false)
    }
}
