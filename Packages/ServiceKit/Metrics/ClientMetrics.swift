public import CoreMetrics
public import KubernetesClient
import KubernetesModel
import Telemetry

/// Counts and times the client's requests. Labels are bounded: statuses, verbs and the resources that the suite uses.
public struct ClientMetrics: RequestObserver {
    private struct CodeKey: Hashable {
        var code: String
        var verb: Verb
        var resource: String
    }

    private struct VerbKey: Hashable {
        var verb: Verb
        var resource: String
    }

    private let requests: LabeledInstruments<CodeKey, Counter>
    private let durations: LabeledInstruments<VerbKey, Timer>
    private let retries: LabeledInstruments<VerbKey, Counter>

    public init(_ factory: any MetricsFactory) {
        requests = LabeledInstruments { key in
            Counter(
                label: "rest_client_requests_total",
                dimensions: [("code", key.code), ("method", Self.method(key.verb)), ("resource", key.resource)], factory: factory)
        }
        durations = LabeledInstruments { key in
            Timer(
                label: "rest_client_request_duration_seconds",
                dimensions: [("verb", key.verb.rawValue), ("resource", key.resource)],
                factory: factory)
        }
        retries = LabeledInstruments { key in
            Counter(
                label: "rest_client_request_retries_total", dimensions: [("verb", key.verb.rawValue), ("resource", key.resource)],
                factory: factory)
        }
    }

    public func requestFinished(_ observation: RequestObservation) {
        let resource = observation.resource?.plural ?? ""
        let code = observation.status.map { String($0) } ?? observation.error?.rawValue ?? ""
        let key = VerbKey(verb: observation.verb, resource: resource)
        requests[CodeKey(code: code, verb: observation.verb, resource: resource)].increment()
        durations[key].recordDuration(observation.duration)
        if observation.attempt > 1 { retries[key].increment() }
    }

    private static func method(_ verb: Verb) -> String {
        switch verb {
        case .get, .list, .watch: "GET"
        case .create: "POST"
        case .update: "PUT"
        case .apply, .patch, .jsonPatch: "PATCH"
        case .delete: "DELETE"
        }
    }
}
