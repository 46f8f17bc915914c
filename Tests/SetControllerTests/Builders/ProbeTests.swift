import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Liveness and startup ask `/health`, readiness `/v1/ready`; every timing can be set, and those that are not have defaults.
@Suite struct ProbeTests {
    @Test func defaults() {
        #expect(Self.summary(ProbeBuilder.liveness(nil)) == "/health http every 10 for 5 fails 3")
        #expect(Self.summary(ProbeBuilder.readiness(nil)) == "/v1/ready http every 5 for 5 fails 3")
        #expect(Self.summary(ProbeBuilder.startup(nil)) == "/health http every 2 for 5 fails 150")
    }

    @Test func everyTimingIsTheUsers() {
        let timings = ProbeTimings {
            $0.initialDelaySeconds = 1
            $0.timeoutSeconds = 2
            $0.periodSeconds = 3
            $0.successThreshold = 4
            $0.failureThreshold = 5
        }
        for probe in [ProbeBuilder.liveness(timings), ProbeBuilder.readiness(timings), ProbeBuilder.startup(timings)] {
            #expect(probe.initialDelaySeconds == 1)
            #expect(probe.timeoutSeconds == 2)
            #expect(probe.periodSeconds == 3)
            #expect(probe.successThreshold == 4)
            #expect(probe.failureThreshold == 5)
        }
    }

    @Test func oneTimingLeavesTheOthers() {
        let probe = ProbeBuilder.liveness(ProbeTimings { $0.periodSeconds = 60 })
        #expect(Self.summary(probe) == "/health http every 60 for 5 fails 3")
    }

    private static func summary(_ probe: Probe) -> String {
        let get = probe.httpGet
        return "\(get?.path ?? "-") \(get?.port.description ?? "-") every \(probe.periodSeconds ?? 0) "
            + "for \(probe.timeoutSeconds ?? 0) fails \(probe.failureThreshold ?? 0)"
    }
}
