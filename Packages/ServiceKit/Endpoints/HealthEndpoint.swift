extension HTTPRouter {
    /// `/health` answers as long as the process does; `/ready` says whether it can do its work, and what is missing.
    public mutating func addHealth(_ readiness: Readiness) {
        on("GET", path: "/health") { _ in .text("OK") }
        on("GET", path: "/ready") { _ in
            let report = readiness.report
            return .text(report.text, status: report.ready ? 200 : 503)
        }
    }
}
