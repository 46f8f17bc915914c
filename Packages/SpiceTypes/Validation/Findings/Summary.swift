/// The findings of all rules, cut to what a person can read. What decides stays: first essential errors, then errors.
struct Summary {
    static let limit = 100

    private var findings: [Finding] = []
    private var dropped: [Finding.Severity: Int] = [:]

    mutating func add(_ report: Report) {
        findings += report.findings
        if report.dropped > 0 { dropped[report.severity, default: 0] += report.dropped }
    }

    /// In the order of the rules; what is left out is told by the last one.
    func cut() -> [Finding] {
        guard findings.count > Self.limit || !dropped.isEmpty else { return findings }
        let ranked = findings.indices.sorted { (rank(findings[$0]), $0) < (rank(findings[$1]), $1) }
        let kept = Set(ranked.prefix(Self.limit))
        var dropped = dropped
        for index in findings.indices where !kept.contains(index) { dropped[findings[index].severity, default: 0] += 1 }
        return findings.indices.filter(kept.contains).map { findings[$0] } + Self.rest(dropped)
    }

    private func rank(_ finding: Finding) -> Int {
        if SpicepodSetValidator.isEssential(finding) { return 0 }
        return finding.severity == .error ? 1 : 2
    }

    private static func rest(_ dropped: [Finding.Severity: Int]) -> [Finding] {
        [Finding.Severity.error, .warning].compactMap { severity in
            guard let count = dropped[severity], count > 0 else { return nil }
            let noun = count == 1 ? "\(severity.rawValue) is" : "\(severity.rawValue)s are"
            return Finding(
                rule: "more", severity: severity, path: "spec",
                message: "\(count) more \(noun) not listed; correct these first")
        }
    }
}
