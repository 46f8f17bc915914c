import KubernetesClient

struct TimedOut: Error, CustomStringConvertible {
    var description: String
}

/// Asks until there is an answer. Errors that time may heal count as none.
func eventually<Answer>(
    _ what: String, within limit: Duration = .seconds(60), every interval: Duration = .milliseconds(50),
    _ answer: () async throws -> Answer?
) async throws -> Answer {
    let clock = ContinuousClock()
    let deadline = clock.now + limit
    var last = ""
    while true {
        do {
            if let answer = try await answer() { return answer }
        } catch let error as APIError where error.isRetryable || error.code == .notFound || error.code == .transport {
            last = " (last: \(error))"
        }
        guard clock.now < deadline else { throw TimedOut(description: "not within \(limit): \(what)\(last)") }
        try await clock.sleep(for: interval)
    }
}

/// Asks until the answer is yes.
func eventually(
    _ what: String, within limit: Duration = .seconds(60), every interval: Duration = .milliseconds(50),
    _ condition: () async throws -> Bool
) async throws {
    _ = try await eventually(what, within: limit, every: interval) { try await condition() ? true : nil }
}

/// Checks again and again that something stays true.
func always(_ what: String, for time: Duration, _ condition: () async throws -> Bool) async throws {
    let clock = ContinuousClock()
    let end = clock.now + time
    while clock.now < end {
        guard try await condition() else { throw TimedOut(description: "did not stay true: \(what)") }
        try await clock.sleep(for: .milliseconds(50))
    }
}
