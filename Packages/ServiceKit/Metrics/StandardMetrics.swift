public import Telemetry

/// The families that every service has: of its client, its control loops and itself. Names that the ecosystem's dashboards know are
/// kept (`workqueue_`, `rest_client_`, `leader_election_`, `process_`).
public enum StandardMetrics {
    public static let buildInfo = MetricFamily.gauge(
        "spiceai_operator_build_info", "Always 1; the labels say what runs.", labels: ["version", "component"])

    public static let families: [MetricFamily] = client + watches + queues + reconciles + leases + webhooks

    static let client: [MetricFamily] = [
        .counter(
            "rest_client_requests_total", "Kubernetes API requests by HTTP status (or the error's code), method and resource.",
            labels: ["code", "method", "resource"]),
        .histogram(
            "rest_client_request_duration_seconds",
            "Latency of Kubernetes API requests by verb and resource, watches until their head.",
            labels: ["verb", "resource"]),
        .counter(
            "rest_client_request_retries_total", "Kubernetes API requests that were sent again.", labels: ["verb", "resource"]),
    ]

    static let watches: [MetricFamily] = [
        .counter("spiceai_operator_lists_total", "Complete lists by resource and result.", labels: ["resource", "result"]),
        .histogram(
            "spiceai_operator_list_duration_seconds", "Time for a complete list, all pages.", labels: ["resource"]),
        .counter("spiceai_operator_watches_total", "Watches that were begun.", labels: ["resource"]),
        .counter("spiceai_operator_watch_ends_total", "Watches that ended, by reason.", labels: ["resource", "reason"]),
        .gauge(
            "spiceai_operator_watch_last_refresh_timestamp_seconds",
            "When the cache last heard from the API server, in seconds since the Unix epoch.", labels: ["resource"]),
    ]

    static let queues: [MetricFamily] = [
        .gauge("workqueue_depth", "Keys that wait in the queue.", labels: ["name"]),
        .counter("workqueue_adds_total", "Keys added to the queue.", labels: ["name"]),
        .counter("workqueue_retries_total", "Keys added again after a failure.", labels: ["name"]),
        .histogram(
            "workqueue_queue_duration_seconds", "How long a key waits before it is taken.", boundaries: queueSeconds,
            labels: ["name"]),
    ]

    static let reconciles: [MetricFamily] = [
        .counter("spiceai_operator_reconcile_total", "Reconciles by controller and result.", labels: ["controller", "result"]),
        .histogram("spiceai_operator_reconcile_duration_seconds", "Duration of reconciles.", labels: ["controller"]),
        .counter(
            "spiceai_operator_reconcile_errors_total", "Failed reconciles by controller and error code.",
            labels: ["controller", "code"]),
        .counter(
            "spiceai_operator_writes_total", "Objects written to the API server, by controller, verb and resource.",
            labels: ["controller", "verb", "resource"]),
        .counter("spiceai_operator_events_total", "Kubernetes Events recorded, by reason.", labels: ["reason"]),
        .counter("spiceai_operator_events_dropped_total", "Kubernetes Events not written, by cause.", labels: ["cause"]),
    ]

    static let leases: [MetricFamily] = [
        .gauge("leader_election_master_status", "1 while this replica holds the Lease, else 0.", labels: ["name"])
    ]

    static let webhooks: [MetricFamily] = [
        .counter(
            "spiceai_operator_webhook_requests_total", "Reviews that were answered, by path and HTTP status. A denial is a 200.",
            labels: ["path", "code"]),
        .histogram(
            "spiceai_operator_webhook_request_duration_seconds", "Time from a review's last byte to its answer.",
            boundaries: webhookSeconds, labels: ["path"]),
        .gauge(
            "spiceai_operator_webhook_certificate_expiry_timestamp_seconds",
            "When the webhooks' serving certificate expires, in seconds since the Unix epoch.", labels: ["secret"]),
    ]

    /// 100 µs to 10 s: the API server waits 10 s by default.
    private static let webhookSeconds: [Double] = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 1, 10]

    /// 10 µs to 60 s, finer than API latencies: an idle queue hands over in microseconds.
    private static let queueSeconds: [Double] = [0.00001, 0.0001, 0.001, 0.01, 0.1, 0.5, 1, 5, 10, 30, 60]
}
