/// Where a rule puts what it finds. Bounded: of a million mistakes it keeps the first hundred and counts the others.
public struct Report {
    static let limit = 100

    let rule: String
    let severity: Finding.Severity
    private(set) var findings: [Finding] = []
    private(set) var dropped = 0

    init(rule: String, severity: Finding.Severity) {
        self.rule = rule
        self.severity = severity
    }

    /// As many more were found and not kept.
    mutating func leaveOut(_ count: Int) { dropped += count }

    /// - Parameter message: what is wrong; what to do.
    mutating func add(_ path: @autoclosure () -> String, _ message: @autoclosure () -> String) {
        guard findings.count < Self.limit else {
            dropped += 1
            return
        }
        findings.append(Finding(rule: rule, severity: severity, path: path(), message: message()))
    }
}
