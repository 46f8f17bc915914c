/// What a request does, for the rules of retrying and as a metric's label.
public enum Verb: String, Sendable, CaseIterable {
    case get, list, watch, create, apply, update, patch, jsonPatch = "json_patch", delete

    /// Whether a request that the server may already have executed can be sent again.
    ///
    /// A create would meet its own object, an update its own new resource version, a JSON patch its own change. A delete that
    /// meets its own success gets a 404, which callers take as done; apply and merge patch say the same thing twice.
    public var isIdempotent: Bool {
        switch self {
        case .get, .list, .watch, .apply, .patch, .delete: true
        case .create, .update, .jsonPatch: false
        }
    }
}

/// Which failed requests are sent again, and when. Short troubles end here; long ones are for the caller's own backoff.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a request is sent at most.
    public var attempts: Int
    public var backoff: Backoff
    /// The longest wait that a server may ask for; beyond it the error is the caller's.
    public var longestRetryAfter: Duration

    public init(
        attempts: Int = 4, backoff: Backoff = Backoff(initial: .milliseconds(200), maximum: .seconds(5)),
        longestRetryAfter: Duration = .seconds(30)
    ) {
        self.attempts = attempts
        self.backoff = backoff
        self.longestRetryAfter = longestRetryAfter
    }

    public static let standard = RetryPolicy()
    /// For callers with a deadline of their own, such as a Lease.
    public static let never = RetryPolicy(attempts: 1)

    /// How long to wait before the next attempt; nil when there is to be none.
    /// - Parameters:
    ///   - attempt: how often the request has been sent, from 1.
    ///   - random: in 0..<1.
    public func delay(after error: APIError, verb: Verb, attempt: Int, random: Double) -> Duration? {
        guard attempt < attempts, mayRepeat(error, verb) else { return nil }
        let delay = backoff.delay(failures: attempt, random: random)
        guard let asked = error.retryAfter else { return delay }
        return asked <= longestRetryAfter ? max(asked, delay) : nil
    }

    private func mayRepeat(_ error: APIError, _ verb: Verb) -> Bool {
        switch error.code {
        case .tooManyRequests:
            // Turned away before it did anything.
            return true
        case .unavailable, .serverTimeout:
            // With a time the server says itself that the request may come again.
            return verb.isIdempotent || error.retryAfter != nil
        case .internalError, .unknown:
            return error.retryAfter != nil && (error.httpStatus ?? 0) >= 500
        case .transport:
            guard let cause = error.cause as? TransportError else { return false }
            switch cause.code {
            case .resolve, .connect: return true
            case .connectionLost: return verb.isIdempotent || !cause.mayHaveReachedServer
            case .tls, .timeout, .tooLarge, .invalidRequest, .closed: return false
            }
        default: return false
        }
    }
}
