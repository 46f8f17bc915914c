import CoreMetrics

/// client-go's names, so that existing dashboards work.
struct WorkQueueMetrics: Sendable {
    let adds: Counter
    let retries: Counter
    let depth: Gauge
    private let queueDuration: Recorder
    private let workDuration: Recorder

    init(name: String) {
        let dimensions = [("name", name)]
        adds = Counter(label: "workqueue_adds_total", dimensions: dimensions)
        retries = Counter(label: "workqueue_retries_total", dimensions: dimensions)
        depth = Gauge(label: "workqueue_depth", dimensions: dimensions)
        queueDuration = Recorder(label: "workqueue_queue_duration_seconds", dimensions: dimensions)
        workDuration = Recorder(label: "workqueue_work_duration_seconds", dimensions: dimensions)
    }

    func waited(_ duration: Duration) { queueDuration.record(duration / .seconds(1)) }
    func worked(_ duration: Duration) { workDuration.record(duration / .seconds(1)) }
}
