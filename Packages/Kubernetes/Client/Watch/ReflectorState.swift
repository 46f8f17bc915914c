import KubernetesModel

/// The list+watch protocol as a value: what happened goes in, what to do next comes out. No clock, no I/O.
///
/// A list is consistent and paged. A watch goes on from the last version seen, through broken connections too; a version that
/// is too old (410 as a status or as an ERROR event) leads back to a list. Attempts in a row without an event are spaced by
/// the backoff from start to start, so that neither an empty answer nor a server that ends every watch can make it spin.
public struct ReflectorState: Sendable {
    public enum Action: Sendable {
        /// Read a page; the first one when there is no token.
        case list(continueToken: String?, limit: Int?)
        case watch(resourceVersion: String, timeout: Duration)
        /// Wait, then report `waited`. With trouble the consumer is told.
        case wait(Duration, trouble: APIError?)
    }

    public enum Input: Sendable {
        case page(resourceVersion: String, continueToken: String?)
        case listFailed(APIError)
        case watchEnded(WatchEnd, lived: Duration)
        case waited
    }

    public enum WatchEnd: Sendable {
        case closed
        /// Refused, broken or never begun.
        case failed(APIError)
        case errorEvent(APIError)
        case malformed(APIError)
        case stalled
    }

    private enum Next {
        case list(continueToken: String?)
        case watch
    }

    private let configuration: ReflectorConfiguration
    private var resourceVersion = ""
    private var next = Next.list(continueToken: nil)
    /// Failures in a row; an event ends the row.
    private var failures = 0
    private var wasUnreachable = false
    /// ERROR events in a row, without another event between them.
    private var errorEvents = 0
    /// Lists in a row that expired before their last page.
    private var expiredLists = 0

    public init(_ configuration: ReflectorConfiguration = ReflectorConfiguration()) {
        self.configuration = configuration
    }

    /// The first action.
    public func start(random: Double) -> Action { nextAction(random) }

    /// An event or a bookmark came: the watch is alive and goes on from here.
    public mutating func progressed(to version: String) {
        resourceVersion = version
        failures = 0
        errorEvents = 0
    }

    /// - Parameter random: in 0..<1, for jitter.
    public mutating func handle(_ input: Input, random: Double) -> Action {
        switch input {
        case .page(_, let token?): next = .list(continueToken: token)
        case .page(let version, nil):
            resourceVersion = version
            expiredLists = 0
            next = .watch
        case .listFailed(let error): return listFailed(error, random)
        case .watchEnded(let end, let lived): return watchEnded(end, lived, random)
        case .waited: break
        }
        return nextAction(random)
    }

    private func nextAction(_ random: Double) -> Action {
        switch next {
        case .list(let token):
            // A list that keeps expiring is longer than the store keeps history: ask for it in one piece.
            return .list(continueToken: token, limit: expiredLists < 2 ? configuration.pageLimit : nil)
        case .watch:
            let range = configuration.watchTimeout
            let timeout = range.lowerBound + (range.upperBound - range.lowerBound) * random
            return .watch(resourceVersion: resourceVersion, timeout: timeout)
        }
    }

    /// What an API server that has come back says first has nothing to do with how long it was away.
    private mutating func countFailure(_ error: APIError?) {
        let isUnreachable = error?.code == .transport
        failures = wasUnreachable && !isUnreachable ? 1 : failures + 1
        wasUnreachable = isUnreachable
    }

    private mutating func listFailed(_ error: APIError, _ random: Double) -> Action {
        countFailure(error)
        if case .list(_?) = next, error.code == .expired || error.code == .badRequest {
            expiredLists += 1
            next = .list(continueToken: nil)
            if expiredLists <= 2 { return nextAction(random) }
        }
        return .wait(delay(error, random), trouble: error)
    }

    private mutating func watchEnded(_ end: WatchEnd, _ lived: Duration, _ random: Double) -> Action {
        var trouble: APIError?
        switch end {
        case .closed, .stalled: break
        case .failed(let error): trouble = error
        case .errorEvent(let error):
            trouble = error
            errorEvents += 1
        case .malformed(let error):
            trouble = error
            next = .list(continueToken: nil)
        }
        countFailure(trouble)
        // The same version that brings an error twice would bring it for ever.
        if errorEvents >= 2 || trouble.map(Self.makesVersionUseless) ?? false {
            next = .list(continueToken: nil)
            errorEvents = 0
        }
        // An expired version and a broken connection after events are everyday life.
        let isOrdinary = trouble.map { $0.code == .expired || ($0.code == .transport && failures == 1) } ?? true
        let remaining = delay(trouble, random) - lived
        if remaining <= .zero, isOrdinary { return nextAction(random) }
        return .wait(max(.zero, remaining), trouble: isOrdinary ? nil : trouble)
    }

    private static func makesVersionUseless(_ error: APIError) -> Bool {
        if error.code == .expired || error.code == .badRequest { return true }
        // The store was restored from a backup: the version lies in a future that never comes.
        return error.status?.details?.causes?.contains { $0.reason == "ResourceVersionTooLarge" } ?? false
    }

    private func delay(_ error: APIError?, _ random: Double) -> Duration {
        let backoff =
            switch error?.code {
            case .transport: configuration.connectBackoff
            case .unauthorized, .forbidden, .credentials: configuration.deniedBackoff
            default: configuration.backoff
            }
        return max(backoff.delay(failures: failures, random: random), error?.retryAfter ?? .zero)
    }
}
