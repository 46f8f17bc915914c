import Logging
public import Telemetry

extension HTTPRouter {
    public mutating func addMetrics(_ registry: MetricsRegistry) {
        on("GET", path: "/metrics") { _ in
            HTTPServerResponse(contentType: PrometheusText.contentType, PrometheusText.render(await registry.snapshot()))
        }
    }

    /// Shows the level, or sets it from `?level=` or the body, for all loggers of the process.
    public mutating func addLogLevel(_ level: LogLevel) {
        on("GET", path: "/loglevel") { _ in .text(level.current.rawValue + "\n") }
        on("PUT", "POST", path: "/loglevel") { request in
            let body = String(decoding: request.body, as: UTF8.self).split(whereSeparator: \.isWhitespace).first.map(String.init)
            let name = request.queryValue("level") ?? body ?? ""
            guard let new = Logger.Level(rawValue: name.lowercased()) else {
                let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
                return .text("unknown level, use one of \(names)\n", status: 400)
            }
            level.current = new
            return .text(new.rawValue + "\n")
        }
    }
}
