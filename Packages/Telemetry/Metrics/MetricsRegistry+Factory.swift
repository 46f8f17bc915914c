public import CoreMetrics

extension MetricsRegistry {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        instrument(name(label, suffix: "_total"), .counter, dimensions) { _ in CounterInstrument() }
    }

    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        instrument(name(label, suffix: "_total"), .counter, dimensions) { _ in FloatingCounterInstrument() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        instrument(name(label), .gauge, dimensions) { _ in GaugeInstrument() }
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return instrument(name(label), .gauge, dimensions) { _ in GaugeInstrument() } }
        return histogram(name(label), dimensions)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(name(label, suffix: "_seconds"), dimensions)
    }

    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    private func histogram(_ name: String, _ dimensions: [(String, String)]) -> HistogramInstrument {
        instrument(name, .histogram(boundaries: MetricFamily.latencySeconds), dimensions) { kind in
            guard case .histogram(let boundaries) = kind else { return HistogramInstrument(boundaries: []) }
            return HistogramInstrument(boundaries: boundaries)
        }
    }
}
