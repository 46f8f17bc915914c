import JSON

/// What the annotation `spice.ai/rollback: "true"` has led to. It takes effect once: the version rolled back to is held until
/// the spec changes, and setting the annotation anew takes removing it first.
enum RollbackHold: Sendable, Hashable {
    case none
    /// While the spec's version is `from`, `to` is wanted in its place.
    case holding(from: String, to: String)
    /// The spec has changed since, or there was nothing to go back to.
    case spent

    /// - Parameters:
    ///   - isAsked: the annotation is set.
    ///   - spec: the version that the spec describes.
    ///   - current: the version that served before, while a rollout of `spec` is under way; nil when none is.
    ///   - standby: the version kept for this.
    func next(isAsked: Bool, spec: String, current: String?, standby: String?) -> RollbackHold {
        guard isAsked else { return .none }
        switch self {
        case .holding(let from, _): return from == spec ? self : .spent
        case .spent: return .spent
        case .none:
            guard let target = current ?? standby else { return .spent }
            return .holding(from: spec, to: target)
        }
    }

    var isHolding: Bool { if case .holding = self { true } else { false } }

    init(_ json: JSONValue?) {
        if let from = json?["from"]?.stringValue, let to = json?["to"]?.stringValue {
            self = .holding(from: from, to: to)
        } else {
            self = json == nil ? .none : .spent
        }
    }

    var json: JSONValue? {
        switch self {
        case .none: nil
        case .holding(let from, let to): ["from": .string(from), "to": .string(to)]
        case .spent: [:]
        }
    }
}
