import KubernetesModel
import SpiceTypes

/// Probes on the runtime's HTTP port. `/health` answers as soon as the process serves, `/v1/ready` once its components are
/// loaded, which can take minutes: so only readiness waits for that.
enum ProbeBuilder {
    static func liveness(_ timings: ProbeTimings?) -> Probe {
        build("/health", timings, period: 10, timeout: 5, failures: 3)
    }

    static func readiness(_ timings: ProbeTimings?) -> Probe {
        build("/v1/ready", timings, period: 5, timeout: 5, failures: 3)
    }

    /// Five minutes to come up before liveness counts.
    static func startup(_ timings: ProbeTimings?) -> Probe {
        build("/health", timings, period: 2, timeout: 5, failures: 150)
    }

    private static func build(_ path: String, _ timings: ProbeTimings?, period: Int32, timeout: Int32, failures: Int32) -> Probe {
        Probe {
            $0.httpGet = HTTPGetAction(path: path, port: .string("http"))
            $0.initialDelaySeconds = timings?.initialDelaySeconds
            $0.timeoutSeconds = timings?.timeoutSeconds ?? timeout
            $0.periodSeconds = timings?.periodSeconds ?? period
            $0.successThreshold = timings?.successThreshold
            $0.failureThreshold = timings?.failureThreshold ?? failures
        }
    }
}
