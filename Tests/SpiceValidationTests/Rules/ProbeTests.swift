import Testing

/// Timings of probes are such as the API server takes.
@Suite struct ProbeTests {
    @Test(arguments: [
        Case(
            #"{probes: {liveness: {initialDelaySeconds: -1, timeoutSeconds: 0}}}"#,
            #"probes: spec.probes.liveness.initialDelaySeconds: -1 is out of range; use 0 or more"#,
            #"probes: spec.probes.liveness.timeoutSeconds: 0 is out of range; use 1 or more"#),
        Case(
            #"{probes: {startup: {successThreshold: 2}}}"#,
            #"probes: spec.probes.startup.successThreshold: 2 is for readiness alone; use 1, or leave it out"#),
        Case(
            #"{probes: {liveness: {initialDelaySeconds: 10, timeoutSeconds: 5, periodSeconds: 30, failureThreshold: 5}, readiness: {successThreshold: 2}}}"#
        ),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
