/// One metric name with what is known about it before any value exists. Exporters and `docs/metrics.md` read it.
public struct MetricFamily: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// Only grows. The name ends in `_total`.
        case counter
        case gauge
        /// Upper bounds in ascending order, `+Inf` is implied.
        case histogram(boundaries: [Double])
    }

    /// As Prometheus shows it, suffixes included: `workqueue_adds_total`, `workqueue_queue_duration_seconds`.
    public var name: String
    public var kind: Kind
    /// One sentence.
    public var help: String
    /// Label names in the order in which series list their values.
    public var labels: [String]

    public init(_ name: String, _ kind: Kind, help: String, labels: [String] = []) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
    }

    public static func counter(_ name: String, _ help: String, labels: [String] = []) -> MetricFamily {
        MetricFamily(name, .counter, help: help, labels: labels)
    }

    public static func gauge(_ name: String, _ help: String, labels: [String] = []) -> MetricFamily {
        MetricFamily(name, .gauge, help: help, labels: labels)
    }

    public static func histogram(
        _ name: String, _ help: String, boundaries: [Double] = Self.latencySeconds, labels: [String] = []
    ) -> MetricFamily {
        MetricFamily(name, .histogram(boundaries: boundaries), help: help, labels: labels)
    }

    /// From the name's suffix, as Prometheus' naming rules ask for it; nil for plain counts.
    public var unit: String? {
        let base = name.hasSuffix("_total") ? name.dropLast("_total".count) : name[...]
        return ["seconds", "bytes", "ratio"].first { base.hasSuffix("_" + $0) }
    }

    /// 5 ms to 60 s: API requests, webhooks, reconciles.
    public static let latencySeconds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
}
