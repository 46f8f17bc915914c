import KubernetesClient

/// What to do about a reconcile that could not be completed.
public enum ReconcileError: Error, CustomStringConvertible {
    /// A person has to change something; looked at again when something changes.
    case stalled(reason: String, message: String)
    /// Looked at again after a time.
    case waiting(Duration, reason: String)
    /// Tried again soon, ever less often.
    case transient(any Error)

    /// A metric label, bounded: what became of the reconcile.
    var result: String {
        switch self {
        case .stalled: "stalled"
        case .waiting: "waiting"
        case .transient: "error"
        }
    }

    /// A metric label, bounded: why.
    var code: String {
        switch self {
        case .stalled(let reason, _), .waiting(_, let reason): reason
        case .transient(let error): (error as? APIError)?.code.rawValue ?? "Unknown"
        }
    }

    public var description: String {
        switch self {
        case .stalled(let reason, let message): "\(reason): \(message)"
        case .waiting(let delay, let reason): "\(reason): again in \(delay)"
        case .transient(let error): "\(error)"
        }
    }
}
