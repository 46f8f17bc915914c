import CoreMetrics
import Synchronization

/// What the registry keeps per series. Recording is one or two atomic operations and never allocates.
protocol Instrument: AnyObject, Sendable {
    var value: MetricValue { get }
}

final class CounterInstrument: Instrument, CounterHandler {
    private let total = Atomic<Int64>(0)

    /// A counter only grows: negative amounts are ignored.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        total.wrappingAdd(amount, ordering: .relaxed)
    }

    func reset() { total.store(0, ordering: .relaxed) }

    var value: MetricValue { .number(Double(total.load(ordering: .relaxed))) }
}

final class FloatingCounterInstrument: Instrument, FloatingPointCounterHandler {
    private let total = AtomicDouble(0)

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        total.add(amount)
    }

    func reset() { total.store(0) }

    var value: MetricValue { .number(total.load()) }
}

/// Serves meters and non-aggregating recorders (`Gauge`).
final class GaugeInstrument: Instrument, MeterHandler, RecorderHandler {
    private let current = AtomicDouble(0)

    func set(_ value: Int64) { current.store(Double(value)) }
    func set(_ value: Double) { current.store(value) }
    func increment(by amount: Double) { current.add(amount) }
    func decrement(by amount: Double) { current.add(-amount) }
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }

    var value: MetricValue { .number(current.load()) }
}

/// Serves timers (in seconds) and aggregating recorders.
final class HistogramInstrument: Instrument, TimerHandler, RecorderHandler {
    private let boundaries: [Double]
    private let counts: AtomicCounts
    private let sum = AtomicDouble(0)

    init(boundaries: [Double]) {
        self.boundaries = boundaries
        self.counts = AtomicCounts(boundaries.count + 1)
    }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        var bucket = 0
        while bucket < boundaries.count, value > boundaries[bucket] { bucket += 1 }
        counts.increment(bucket)
        sum.add(value)
    }

    func record(_ value: Int64) { record(Double(value)) }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    var value: MetricValue { .histogram(HistogramValue(counts: counts.load(), sum: sum.load())) }
}
