/// Prometheus' text exposition format 0.0.4.
public enum PrometheusText {
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    public static func render(_ snapshots: [MetricSnapshot]) -> [UInt8] {
        var writer = Writer()
        for snapshot in snapshots { writer.write(snapshot) }
        return writer.output
    }

    private struct Writer {
        var output: [UInt8] = []

        mutating func write(_ snapshot: MetricSnapshot) {
            let family = snapshot.family
            if !family.help.isEmpty {
                append("# HELP \(family.name) ")
                append(family.help, quotes: false)
                append("\n")
            }
            append("# TYPE \(family.name) \(Self.type(family.kind))\n")
            for series in snapshot.series {
                switch series.value {
                case .number(let value): line(family, "", series.labels, nil, Self.text(value))
                case .histogram(let value): write(value, family, series.labels)
                }
            }
        }

        private mutating func write(_ value: HistogramValue, _ family: MetricFamily, _ labels: [String]) {
            guard case .histogram(let boundaries) = family.kind else { return }
            var cumulative: UInt64 = 0
            for (boundary, count) in zip(boundaries + [.infinity], value.counts) {
                cumulative &+= count
                line(family, "_bucket", labels, Self.text(boundary), String(cumulative))
            }
            line(family, "_sum", labels, nil, Self.text(value.sum))
            line(family, "_count", labels, nil, String(cumulative))
        }

        private mutating func line(_ family: MetricFamily, _ suffix: String, _ values: [String], _ bound: String?, _ value: String)
        {
            append(family.name)
            append(suffix)
            var separator = "{"
            for (label, value) in zip(family.labels, values) {
                append(separator)
                append(label)
                append("=\"")
                append(value, quotes: true)
                append("\"")
                separator = ","
            }
            if let bound {
                append(separator)
                append("le=\"\(bound)\"")
                separator = ","
            }
            if separator == "," { append("}") }
            append(" ")
            append(value)
            append("\n")
        }

        private mutating func append(_ text: String) {
            output.append(contentsOf: text.utf8)
        }

        /// Label values escape quotes, help texts do not.
        private mutating func append(_ text: String, quotes: Bool) {
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "\\"): append("\\\\")
                case UInt8(ascii: "\n"): append("\\n")
                case UInt8(ascii: "\"") where quotes: append("\\\"")
                default: output.append(byte)
                }
            }
        }

        private static func type(_ kind: MetricFamily.Kind) -> String {
            switch kind {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        }

        private static func text(_ value: Double) -> String {
            if value.isNaN { return "NaN" }
            if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
            // Whole numbers without a fraction, as far as doubles are exact.
            return Int64(exactly: value).map { $0.magnitude < 1 << 53 ? String($0) : "\(value)" } ?? "\(value)"
        }
    }
}
