public import CoreMetrics
import KubernetesModel
import Telemetry

/// Counts and times reviews, and says until when the serving certificate is good.
public struct WebhookMetrics: Sendable {
    private struct Key: Hashable {
        var path: String
        var status: Int
    }

    private let requests: LabeledInstruments<Key, Counter>
    private let durations: LabeledInstruments<String, Timer>
    private let expiry: LabeledInstruments<String, Gauge>

    public init(_ factory: any MetricsFactory) {
        requests = LabeledInstruments {
            Counter(
                label: "spiceai_operator_webhook_requests_total", dimensions: [("path", $0.path), ("code", String($0.status))],
                factory: factory)
        }
        durations = LabeledInstruments {
            Timer(label: "spiceai_operator_webhook_request_duration_seconds", dimensions: [("path", $0)], factory: factory)
        }
        expiry = LabeledInstruments {
            Gauge(
                label: "spiceai_operator_webhook_certificate_expiry_timestamp_seconds", dimensions: [("secret", $0)],
                factory: factory)
        }
    }

    func answered(path: String, status: Int, duration: Duration) {
        requests[Key(path: path, status: status)].increment()
        durations[path].recordDuration(duration)
    }

    func loaded(secret: String, expiresAt: Timestamp) {
        expiry[secret].record(Double(expiresAt.unixSeconds))
    }
}
