public import CoreMetrics
import Synchronization

/// Every instrument of the process: the swift-metrics backend, read by exporters through `snapshot()`.
///
/// The label of a swift-metrics instrument is the family's name. Families are declared before use, with help and label names;
/// an undeclared one still works: it takes its labels from its first series, counters get `_total` and timers `_seconds`.
public final class MetricsRegistry: MetricsFactory, Sendable {
    public typealias Collector = @Sendable () async -> [MetricSample]

    struct FamilyState {
        var family: MetricFamily
        var series: [[String]: any Instrument] = [:]
    }

    private struct State {
        var families: [String: FamilyState] = [:]
        var collectors: [(families: [MetricFamily], collect: Collector)] = []
    }

    private let state = Mutex(State())
    private let seriesLimit: Int

    /// - Parameter seriesLimit: series a family may have; more are folded into one whose labels all read `overflow`, so that a label
    ///   that turns out to be unbounded costs neither memory nor the scrape. Collectors are exempt: their series die with their objects.
    public init(seriesLimit: Int = 2_000) {
        self.seriesLimit = seriesLimit
    }

    /// A second declaration of a name replaces the first unless series exist.
    public func declare(_ families: [MetricFamily]) {
        state.withLock { state in
            for family in families where state.families[family.name]?.series.isEmpty != false {
                state.families[family.name] = FamilyState(family: family)
            }
        }
    }

    /// Families whose values are derived at the time of asking, as per-object gauges from a cache: a series lives as long as its object.
    public func collect(_ families: [MetricFamily], _ collector: @escaping Collector) {
        state.withLock { $0.collectors.append((families, collector)) }
    }

    /// Everything declared or in use, by name.
    public var families: [MetricFamily] {
        state.withLock { state in
            state.families.values.map(\.family) + state.collectors.flatMap(\.families)
        }.sorted { $0.name < $1.name }
    }

    /// The values of all families that have any, by name. Recording goes on meanwhile.
    public func snapshot() async -> [MetricSnapshot] {
        let (families, collectors) = state.withLock { (Array($0.families.values), $0.collectors) }
        var result = families.filter { !$0.series.isEmpty }.map(Self.snapshot)
        for collector in collectors {
            let samples = Dictionary(grouping: await collector.collect(), by: \.family)
            for family in collector.families {
                guard let samples = samples[family.name] else { continue }
                let series = samples.map { MetricSnapshot.Series(labels: $0.labels, value: .number($0.value)) }
                result.append(MetricSnapshot(family: family, series: series))
            }
        }
        return result.sorted { $0.family.name < $1.family.name }
    }

    private static func snapshot(_ state: FamilyState) -> MetricSnapshot {
        let series = state.series.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        return MetricSnapshot(
            family: state.family, series: series.map { .init(labels: $0.key, value: $0.value.value) })
    }

    // MARK: Instruments

    /// The series' instrument, or one that nobody reads when the name is in use for another kind.
    func instrument<I: Instrument>(
        _ name: String, _ kind: MetricFamily.Kind, _ dimensions: [(String, String)], make: (MetricFamily.Kind) -> I
    ) -> I {
        state.withLock { state in
            var family = state.families[name] ?? FamilyState(family: .undeclared(name, kind, dimensions))
            guard family.family.kind.isSame(as: kind) else { return make(kind) }
            var labels = family.family.labels.map { label in dimensions.first { MetricName.sanitized($0.0) == label }?.1 ?? "" }
            if family.series[labels] == nil, family.series.count >= seriesLimit {
                labels = labels.map { _ in "overflow" }
            }
            if let existing = family.series[labels] {
                return existing as? I ?? make(kind)
            }
            let instrument = make(family.family.kind)
            family.series[labels] = instrument
            state.families[name] = family
            return instrument
        }
    }

    func remove(_ handler: AnyObject) {
        state.withLock { state in
            for (name, family) in state.families {
                guard let labels = family.series.first(where: { $0.value === handler })?.key else { continue }
                state.families[name]?.series[labels] = nil
                return
            }
        }
    }

    /// A declared name as it is, else with the suffix that the kind asks for.
    func name(_ label: String, suffix: String = "") -> String {
        let name = MetricName.sanitized(label)
        if suffix.isEmpty || name.hasSuffix(suffix) || state.withLock({ $0.families[name] != nil }) { return name }
        return name + suffix
    }
}
