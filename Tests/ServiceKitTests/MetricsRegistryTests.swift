import CoreMetrics
import Synchronization
import Telemetry
import Testing

/// Nothing that was recorded is lost or invented, and series stay within bounds.
@Suite struct MetricsRegistryTests {
    private func value(_ registry: MetricsRegistry, _ name: String, _ labels: [String] = []) async -> MetricValue? {
        await registry.snapshot().first { $0.family.name == name }?.series.first { $0.labels == labels }?.value
    }

    @Test func concurrentRecordingSumsExactly() async throws {
        let registry = MetricsRegistry()
        registry.declare([.histogram("h_seconds", "H.", boundaries: [1, 2, 3])])
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    let counter = Counter(label: "c_total", factory: registry)
                    let floating = FloatingPointCounter(label: "f_total", factory: registry)
                    let meter = Meter(label: "m", factory: registry)
                    let timer = CoreMetrics.Timer(label: "h_seconds", factory: registry)
                    for step in 0..<10_000 {
                        counter.increment()
                        floating.increment(by: 0.5)
                        meter.increment(by: worker < 4 ? 1 : -1)
                        timer.recordSeconds((step + worker) % 4 + 1)
                    }
                }
            }
            for _ in 0..<20 {
                _ = await registry.snapshot()
            }
        }
        #expect(await value(registry, "c_total") == .number(80_000))
        #expect(await value(registry, "f_total") == .number(40_000))
        #expect(await value(registry, "m") == .number(0))
        #expect(
            await value(registry, "h_seconds")
                == .histogram(HistogramValue(counts: [20_000, 20_000, 20_000, 20_000], sum: 200_000)))
    }

    @Test func boundariesAreInclusive() async {
        let registry = MetricsRegistry()
        registry.declare([.histogram("h", "H.", boundaries: [1, 2])])
        let recorder = Recorder(label: "h", factory: registry)
        for value in [0.5, 1, 1.5, 2, 2.5, .nan] { recorder.record(value) }
        #expect(await value(registry, "h") == .histogram(HistogramValue(counts: [2, 2, 1], sum: 7.5)))
    }

    @Test func sameLabelsShareASeries() async {
        let registry = MetricsRegistry()
        registry.declare([.counter("c_total", "C.", labels: ["a", "b"])])
        Counter(label: "c_total", dimensions: [("a", "1"), ("b", "2")], factory: registry).increment()
        Counter(label: "c_total", dimensions: [("b", "2"), ("a", "1")], factory: registry).increment()
        Counter(label: "c_total", dimensions: [("a", "1")], factory: registry).increment()
        #expect(await value(registry, "c_total", ["1", "2"]) == .number(2))
        #expect(await value(registry, "c_total", ["1", ""]) == .number(1))
    }

    @Test func undeclaredNamesGetTheirSuffix() async {
        let registry = MetricsRegistry()
        Counter(label: "http.requests", dimensions: [("status-code", "200")], factory: registry).increment(by: 2)
        CoreMetrics.Timer(label: "latency", factory: registry).recordMilliseconds(250)
        Gauge(label: "size", factory: registry).record(3)
        #expect(await registry.snapshot().map(\.family.name) == ["http_requests_total", "latency_seconds", "size"])
        #expect(registry.families.first?.labels == ["status_code"])
        #expect(await value(registry, "http_requests_total", ["200"]) == .number(2))
        #expect(await value(registry, "size") == .number(3))
    }

    @Test func anotherKindCannotTakeAName() async {
        let registry = MetricsRegistry()
        Counter(label: "x_total", factory: registry).increment()
        Gauge(label: "x_total", factory: registry).record(7)
        #expect(await value(registry, "x_total") == .number(1))
    }

    @Test func runawayLabelsFoldIntoOne() async throws {
        let registry = MetricsRegistry(seriesLimit: 3)
        for index in 0..<10 {
            Counter(label: "c_total", dimensions: [("id", "\(index)")], factory: registry).increment()
        }
        let series = try #require(await registry.snapshot().first).series
        #expect(series.map(\.labels) == [["0"], ["1"], ["2"], ["overflow"]])
        #expect(series.last?.value == .number(7))
    }

    @Test func destroyedSeriesAreGone() async {
        let registry = MetricsRegistry()
        let counter = Counter(label: "c_total", dimensions: [("id", "a")], factory: registry)
        counter.increment()
        Counter(label: "c_total", dimensions: [("id", "b")], factory: registry).increment()
        counter.destroy()
        #expect(await registry.snapshot().first?.series.map(\.labels) == [["b"]])
    }

    /// A collected series lives exactly as long as its object.
    @Test func collectedSeriesDieWithTheirObjects() async {
        let registry = MetricsRegistry()
        let objects = Mutex(["a", "b"])
        let family = MetricFamily.gauge("objects", "O.", labels: ["name"])
        registry.collect([family, .gauge("count", "C.")]) {
            let names = objects.withLock { $0 }
            return names.map { MetricSample("objects", labels: [$0], 1) } + [MetricSample("count", Double(names.count))]
        }
        #expect(await registry.snapshot().map { $0.series.map(\.labels) } == [[[]], [["a"], ["b"]]])
        objects.withLock { $0 = ["b"] }
        #expect(await value(registry, "count") == .number(1))
        #expect(await value(registry, "objects", ["a"]) == nil)
        objects.withLock { $0 = [] }
        #expect(await registry.snapshot().map(\.family.name) == ["count"])
    }

    @Test func unitsComeFromNames() {
        #expect(MetricFamily.counter("process_cpu_seconds_total", "").unit == "seconds")
        #expect(MetricFamily.gauge("memory_bytes", "").unit == "bytes")
        #expect(MetricFamily.counter("adds_total", "").unit == nil)
    }

    @Test func processMetricsAreThere() {
        let samples = Dictionary(uniqueKeysWithValues: ProcessMetrics.samples().map { ($0.family, $0.value) })
        #expect(Set(samples.keys) == Set(ProcessMetrics.families.map(\.name)))
        #expect((samples["process_resident_memory_bytes"] ?? 0) > 1_000_000)
        #expect((samples["process_open_fds"] ?? 0) >= 3)
        #expect((samples["process_start_time_seconds"] ?? 0) > 1_600_000_000)
    }
}
