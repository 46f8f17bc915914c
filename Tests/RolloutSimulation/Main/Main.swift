import ArgumentParser
import Glibc
import RolloutSimulation

@main
struct RolloutSoak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollout-soak", abstract: "Plays seeded rollouts in simulation until one breaks a promise.")

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
        guard let limit = duration.map(Self.parse) ?? .some(nil) else { throw ValidationError("--for wants a time such as 30m") }
        let start = ContinuousClock.now
        let deadline = limit.map { start + $0 }
        let end = seeds.map { from + $0 } ?? (deadline == nil ? from + 1000 : .max)
        var next = from
        var (done, told) = (0, start)
        var failures: [Outcome] = []
        let failed = try await withThrowingTaskGroup(of: Outcome.self) { group -> Outcome? in
            func add() {
                guard next < end, deadline.map({ ContinuousClock.now < $0 }) ?? true else { return }
                group.addTask { [next] in try await Rollouts.play(seed: next) }
                next += 1
            }
            for _ in 0..<max(1, jobs) { add() }
            while let outcome = try await group.next() {
                done += 1
                if !outcome.isGood {
                    guard keepGoing else {
                        group.cancelAll()
                        return outcome
                    }
                    failures.append(outcome)
                }
                if ContinuousClock.now - told > .seconds(5) {
                    told = .now
                    Self.say("\(done) seeds, \((told - start) / done) each")
                }
                add()
            }
            return nil
        }
        for failure in failures.sorted(by: { $0.seed < $1.seed }) {
            Self.say("seed \(failure.seed): \(failure.violation?.id ?? ""): \(failure.violation?.detail.prefix(160) ?? "")")
        }
        guard failures.isEmpty else { throw ExitCode(1) }
        guard let failed else { return Self.say("\(done) seeds keep all promises, in \(ContinuousClock.now - start)") }
        Self.say("seed \(failed.seed) breaks \(failed.violation?.id ?? ""); shrinking")
        tell(try await Rollouts.shrink(seed: failed.seed))
        throw ExitCode(1)
    }

    private func findMutations() async throws {
        for mutation in Mutation.all {
            let start = ContinuousClock.now
            var found = "not found"
            for seed in from..<from + (seeds ?? 200) {
                guard let violation = try await Rollouts.play(seed: seed, mutation: mutation).violation else { continue }
                found = "seed \(seed): \(violation.id)"
                break
            }
            Self.say("\(mutation): \(found), \(ContinuousClock.now - start)")
        }
    }

    private func replay(_ seed: UInt64) async throws {
        let outcome = try await Rollouts.play(seed: seed, keepsTrace: true)
        tell(outcome)
        if !outcome.isGood {
            Self.say("\nAs short as it gets:")
            tell(try await Rollouts.shrink(seed: seed))
            throw ExitCode(1)
        }
    }

    private func tell(_ outcome: Outcome) {
        for line in outcome.trace { Self.say(line) }
        Self.say("seed \(outcome.seed): \(outcome.violation.map { "\($0.id): \($0.detail)" } ?? "all promises are kept")")
        Self.say("\(outcome.counts)")
    }

    /// At once, also into a pipe.
    private static func say(_ line: String) {
        var bytes = Array("\(line)\n".utf8)
        while !bytes.isEmpty {
            let count = write(STDOUT_FILENO, bytes, bytes.count)
            guard count > 0 else { return }
            bytes.removeFirst(count)
        }
    }

    private static func parse(_ text: String) -> Duration? {
        guard let unit = text.last, let number = Double(text.dropLast()) else { return Double(text).map { .seconds($0) } }
        switch unit {
        case "s": return .seconds(number)
        case "m": return .seconds(number * 60)
        case "h": return .seconds(number * 3600)
        default: return Double(text).map { .seconds($0) }
        }
    }
}
