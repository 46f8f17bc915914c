/// The values of one family at one moment: what exporters turn into their format.
public struct MetricSnapshot: Sendable, Hashable {
    public struct Series: Sendable, Hashable {
        /// As many as the family has labels, in their order.
        public var labels: [String]
        public var value: MetricValue

        public init(labels: [String], value: MetricValue) {
            self.labels = labels
            self.value = value
        }
    }

    public var family: MetricFamily
    public var series: [Series]

    public init(family: MetricFamily, series: [Series]) {
        self.family = family
        self.series = series
    }
}

public enum MetricValue: Sendable, Hashable {
    case number(Double)
    case histogram(HistogramValue)
}

public struct HistogramValue: Sendable, Hashable {
    /// One per boundary and one for what lies above the last; not cumulative.
    public var counts: [UInt64]
    public var sum: Double

    public init(counts: [UInt64], sum: Double) {
        self.counts = counts
        self.sum = sum
    }

    public var count: UInt64 { counts.reduce(0, &+) }
}

/// One value that a collector derives when somebody asks.
public struct MetricSample: Sendable, Hashable {
    /// Name of one of the collector's families.
    public var family: String
    public var labels: [String]
    public var value: Double

    public init(_ family: String, labels: [String] = [], _ value: Double) {
        self.family = family
        self.labels = labels
        self.value = value
    }
}
