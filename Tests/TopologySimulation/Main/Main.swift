import ArgumentParser
import ControllerSimulation
import TopologySimulation

@main
struct TopologySoak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology-soak", abstract: "Plays seeded clusters in simulation until one breaks a promise.")

    @Option(help: "How many seeds to play.")
    var seeds: UInt64?
    @Option(help: "The first seed.")
    var from: UInt64 = 0
    @Option(help: "Play this seed alone, with its whole story.")
    var seed: UInt64?
    @Option(name: .customLong("for"), help: "How long to play, such as 90s, 30m or 2h.")
    var duration: String?
    @Option(help: "How many seeds to play at a time.")
    var jobs = 2
    @Flag(help: "Play with each planted bug, and say which seed finds it.")
    var mutations = false
    @Flag(help: "Go on after a failing seed, and list them all at the end.")
    var keepGoing = false

    func run() async throws {
        if let seed { return try await replay(seed) }
        if mutations { return try await findMutations() }
        var soak = Soak()
        (soak.seeds, soak.from, soak.jobs, soak.keepsGoing) = (seeds, from, jobs, keepGoing)
        if let duration {
            guard let limit = Soak.duration(duration) else { throw ValidationError("--for wants a time such as 30m") }
            soak.limit = limit
        }
        let failures = try await soak.run { try await Topologies.play(seed: $0) }
        guard let first = failures.first else { return }
        guard keepGoing else {
            Soak.say("shrinking")
            Soak.tell(try await Topologies.shrink(seed: first.seed))
            throw ExitCode(1)
        }
        Soak.say("failing: \(failures.map { "\($0.seed)" }.joined(separator: ", "))")
        throw ExitCode(1)
    }

    private func findMutations() async throws {
        for mutation in Mutation.all {
            let start = ContinuousClock.now
            var found = "not found"
            for seed in from..<from + (seeds ?? 200) {
                guard let violation = try await Topologies.play(seed: seed, mutation: mutation).violation else { continue }
                found = "seed \(seed): \(violation.id)"
                break
            }
            Soak.say("\(mutation): \(found), \(ContinuousClock.now - start)")
        }
    }

    private func replay(_ seed: UInt64) async throws {
        let outcome = try await Topologies.play(seed: seed, keepsTrace: true)
        Soak.tell(outcome)
        if !outcome.isGood {
            Soak.say("\nAs short as it gets:")
            Soak.tell(try await Topologies.shrink(seed: seed))
            throw ExitCode(1)
        }
    }
}
