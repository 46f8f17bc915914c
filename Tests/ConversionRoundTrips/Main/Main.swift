import ArgumentParser
import ConversionRoundTrips

@main
struct ConversionSoak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversion-soak",
        abstract: "Converts random SpicepodSets and SpicepodClusters between the versions until something is lost on the way.")

    @Option(help: "How many round trips to make.")
    var rounds: UInt64 = 1_000_000
    @Option(help: "The first seed.")
    var from: UInt64 = 0
    @Option(help: "Play this seed alone.")
    var seed: UInt64?
    @Option(help: "How many to play at a time.")
    var jobs: UInt64 = 2

    func run() async throws {
        if let seed {
            guard let violation = RoundTrip.check(seed: seed) else { return print("seed \(seed) keeps all laws") }
            print("seed \(seed) breaks a law\n\(violation)")
            throw ExitCode(1)
        }
        let seeds = (rounds + RoundTrip.perSeed - 1) / RoundTrip.perSeed
        let end = from + seeds
        let start = ContinuousClock.now
        let failure = await withTaskGroup(of: (UInt64, Violation)?.self) { group in
            for job in 0..<max(1, jobs) {
                group.addTask {
                    for seed in stride(from: from + job, to: end, by: Int(max(1, jobs))) where !Task.isCancelled {
                        if let violation = RoundTrip.check(seed: seed) { return (seed, violation) }
                    }
                    return nil
                }
            }
            var first: (UInt64, Violation)?
            for await found in group {
                guard let found else { continue }
                first = first ?? found
                group.cancelAll()
            }
            return first
        }
        let time = ContinuousClock.now - start
        if let (seed, violation) = failure {
            print("seed \(seed) breaks a law (--seed \(seed) plays it again)\n\(violation)")
            throw ExitCode(1)
        }
        let trips = seeds * RoundTrip.perSeed
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        print("\(trips) round trips without a difference in \(time): \(Int(Double(trips) / seconds)) a second")
    }
}
