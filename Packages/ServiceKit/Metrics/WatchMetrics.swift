public import CoreMetrics
public import KubernetesClient
public import KubernetesModel
import Telemetry

/// Counts what reflectors do.
public struct WatchMetrics: ReflectorObserver {
    private struct Key: Hashable {
        var resource: String
        var detail: String
    }

    private let lists: LabeledInstruments<Key, Counter>
    private let listDurations: LabeledInstruments<String, Timer>
    private let watches: LabeledInstruments<String, Counter>
    private let ends: LabeledInstruments<Key, Counter>
    private let refreshes: LabeledInstruments<String, Gauge>

    public init(_ factory: any MetricsFactory) {
        lists = LabeledInstruments {
            Counter(
                label: "spiceai_operator_lists_total", dimensions: [("resource", $0.resource), ("result", $0.detail)],
                factory: factory)
        }
        listDurations = LabeledInstruments {
            Timer(label: "spiceai_operator_list_duration_seconds", dimensions: [("resource", $0)], factory: factory)
        }
        watches = LabeledInstruments {
            Counter(label: "spiceai_operator_watches_total", dimensions: [("resource", $0)], factory: factory)
        }
        ends = LabeledInstruments {
            Counter(
                label: "spiceai_operator_watch_ends_total", dimensions: [("resource", $0.resource), ("reason", $0.detail)],
                factory: factory)
        }
        refreshes = LabeledInstruments {
            Gauge(
                label: "spiceai_operator_watch_last_refresh_timestamp_seconds", dimensions: [("resource", $0)], factory: factory)
        }
    }

    public func listed(_ resource: ResourceType, items: Int, duration: Duration) {
        lists[Key(resource: resource.plural, detail: "success")].increment()
        listDurations[resource.plural].recordDuration(duration)
    }

    public func listFailed(_ resource: ResourceType, _ error: APIError) {
        lists[Key(resource: resource.plural, detail: error.code.rawValue)].increment()
    }

    public func watchStarted(_ resource: ResourceType) {
        watches[resource.plural].increment()
    }

    public func watchEnded(_ resource: ResourceType, _ reason: WatchEndReason) {
        ends[Key(resource: resource.plural, detail: reason.rawValue)].increment()
    }

    public func refreshed(_ resource: ResourceType) {
        let now = LogTime.now()
        refreshes[resource.plural].record(Double(now.unixSeconds) + Double(now.milliseconds) / 1000)
    }
}
