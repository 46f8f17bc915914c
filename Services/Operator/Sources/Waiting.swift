/// Polling for people: what is waited for, with an end.
enum Waiting {
    /// - Throws: `ExitCode`-worthy errors of `condition`, and a validation error naming `what` when the time is over.
    static func until(_ what: String, within limit: Duration, _ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + limit
        while try await !condition() {
            guard ContinuousClock.now < end else { throw TimedOut(what: what, limit: limit) }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    struct TimedOut: Error, CustomStringConvertible {
        var what: String
        var limit: Duration

        var description: String { "gave up after \(limit.components.seconds) s waiting until \(what)" }
    }
}
