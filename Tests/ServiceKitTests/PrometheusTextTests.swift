import Telemetry
import Testing

/// The exposition is exactly Prometheus' text format 0.0.4.
@Suite struct PrometheusTextTests {
    @Test func golden() {
        let snapshots = [
            MetricSnapshot(
                family: .counter("c_total", "Back\\slash, \"quotes\" and\nlines.", labels: ["a", "b"]),
                series: [.init(labels: ["x", "q\"b\\n\nz"], value: .number(3)), .init(labels: ["", "é"], value: .number(0.5))]),
            MetricSnapshot(
                family: .gauge("g", ""),
                series: [-1, 1e300, .nan, .infinity, -.infinity, 12_345_678_901].map { .init(labels: [], value: .number($0)) }),
            MetricSnapshot(
                family: .histogram("h_seconds", "H.", boundaries: [0.005, 1], labels: ["l"]),
                series: [.init(labels: ["v"], value: .histogram(HistogramValue(counts: [1, 2, 3], sum: 10.25)))]),
            MetricSnapshot(
                family: .histogram("p", "P.", boundaries: []),
                series: [.init(labels: [], value: .histogram(HistogramValue(counts: [4], sum: 2)))]),
        ]
        #expect(
            String(decoding: PrometheusText.render(snapshots), as: UTF8.self) == #"""
                # HELP c_total Back\\slash, "quotes" and\nlines.
                # TYPE c_total counter
                c_total{a="x",b="q\"b\\n\nz"} 3
                c_total{a="",b="é"} 0.5
                # TYPE g gauge
                g -1
                g 1e+300
                g NaN
                g +Inf
                g -Inf
                g 12345678901
                # HELP h_seconds H.
                # TYPE h_seconds histogram
                h_seconds_bucket{l="v",le="0.005"} 1
                h_seconds_bucket{l="v",le="1"} 3
                h_seconds_bucket{l="v",le="+Inf"} 6
                h_seconds_sum{l="v"} 10.25
                h_seconds_count{l="v"} 6
                # HELP p P.
                # TYPE p histogram
                p_bucket{le="+Inf"} 4
                p_sum 2
                p_count 4

                """#)
        #expect(PrometheusText.contentType == "text/plain; version=0.0.4; charset=utf-8")
    }
}
