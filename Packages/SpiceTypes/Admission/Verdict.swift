public import ServiceKit
public import SpiceValidation

/// What becomes of findings: the answer of the webhook.
public enum Verdict {
    /// Of a refusal's message, in bytes. Events and terminals have no use for more.
    public static let messageLimit = 16 << 10

    public static func response(_ findings: [Finding], at level: ValidationLevel) -> AdmissionResponse {
        let errors = findings.filter { $0.severity == .error }.map(\.description)
        let warnings = findings.filter { $0.severity == .warning }.map(\.description)
        switch level {
        case .off: return .allow()
        case .warn: return .allow(warnings: errors + warnings)
        case .err where errors.isEmpty: return .allow(warnings: warnings)
        case .err: return .deny(code: 422, reason: "Invalid", message(errors), warnings: warnings)
        }
    }

    /// Everything that is wrong, a line each: nobody wants to find the second mistake with the second try.
    private static func message(_ errors: [String]) -> String {
        var lines: [String] = []
        var length = 0
        for (index, error) in errors.enumerated() {
            // At least one is told, however long it is.
            let line = String(decoding: error.utf8.prefix(messageLimit), as: UTF8.self)
            length += line.utf8.count + 1
            guard index == 0 || length <= messageLimit else {
                lines.append("and \(errors.count - index) more")
                break
            }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }
}
