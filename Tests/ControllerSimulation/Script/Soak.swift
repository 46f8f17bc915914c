import Glibc

/// Plays seed after seed until one breaks a promise.
package struct Soak: Sendable {
    package var seeds: UInt64?
    package var from: UInt64 = 0
    package var limit: Duration?
    /// How many at a time.
    package var jobs = 2
    package var keepsGoing = false

    package init() {}

    /// - Returns: the seeds that fail, in their order: one at most, unless it keeps going.
    package func run(_ play: @escaping @Sendable (UInt64) async throws -> Outcome) async throws -> [Outcome] {
        let start = ContinuousClock.now
        let deadline = limit.map { start + $0 }
        let end = seeds.map { from + $0 } ?? (deadline == nil ? from + 1000 : .max)
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            var next = from
            var (done, told) = (0, start)
            var failures: [Outcome] = []
            func add() {
                guard next < end, deadline.map({ ContinuousClock.now < $0 }) ?? true else { return }
                group.addTask { [next] in try await play(next) }
                next += 1
            }
            for _ in 0..<max(1, jobs) { add() }
            while let outcome = try await group.next() {
                done += 1
                if !outcome.isGood {
                    failures.append(outcome)
                    Self.say("seed \(outcome.seed) breaks \(outcome.violation.map { "\($0.id): \($0.detail)" } ?? "")")
                    guard keepsGoing else {
                        group.cancelAll()
                        return failures
                    }
                }
                if ContinuousClock.now - told > .seconds(5) {
                    told = .now
                    Self.say("\(done) seeds, \((told - start) / done) each")
                }
                add()
            }
            if failures.isEmpty { Self.say("\(done) seeds keep all promises, in \(ContinuousClock.now - start)") }
            return failures.sorted { $0.seed < $1.seed }
        }
    }

    package static func tell(_ outcome: Outcome) {
        for line in outcome.trace { say(line) }
        say("seed \(outcome.seed): \(outcome.violation.map { "\($0.id): \($0.detail)" } ?? "all promises are kept")")
        say("\(outcome.counts)")
    }

    /// At once, also into a pipe.
    package static func say(_ line: String) {
        var bytes = Array("\(line)\n".utf8)
        while !bytes.isEmpty {
            let count = write(STDOUT_FILENO, bytes, bytes.count)
            guard count > 0 else { return }
            bytes.removeFirst(count)
        }
    }

    /// `90s`, `30m`, `2h`, or a number of seconds.
    package static func duration(_ text: String) -> Duration? {
        let units = ["s": 1.0, "m": 60, "h": 3600]
        guard let last = text.last, let unit = units[String(last)] else { return Double(text).map { .seconds($0) } }
        return Double(text.dropLast()).map { .seconds($0 * unit) }
    }
}
