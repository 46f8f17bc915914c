/// Something wrong with an object: where, what, and what to do about it.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    public enum Severity: String, Sendable, CaseIterable {
        /// The object works, though perhaps not as it was meant.
        case warning
        case error
    }

    /// The id of the rule that found it.
    public var rule: String
    public var severity: Severity
    /// The field, as `spec.env[2].name`.
    public var path: String
    /// What is wrong; what to do.
    public var message: String

    public init(rule: String, severity: Severity, path: String, message: String) {
        self.rule = rule
        self.severity = severity
        self.path = path
        self.message = message
    }

    public var description: String { "\(path): \(message)" }
}

extension Collection<Finding> {
    /// All of them in one line of at most about `limit` characters, which says how many are left out.
    public func joined(limit: Int = 8000) -> String {
        var text = ""
        for (index, finding) in enumerated() {
            let next = finding.description
            if index > 0, text.utf8.count + next.utf8.count > limit { return "\(text); and \(count - index) more" }
            text += index == 0 ? next : "; \(next)"
        }
        return text
    }
}
