import Testing

/// Pods have the time that the runtime needs to stop, rollouts have some.
@Suite struct DeadlineTests {
    @Test(arguments: [
        Case(
            #"{progressDeadlineSeconds: 0}"#,
            #"progress-deadline: spec.progressDeadlineSeconds: 0 leaves a rollout no time; use 1 or more"#),
        Case(
            #"{terminationGracePeriodSeconds: -1}"#,
            #"grace-period: spec.terminationGracePeriodSeconds: -1 is below 0; use 0 or more"#),
        Case(
            #"{terminationGracePeriodSeconds: 10}"#,
            #"short-grace-period: spec.terminationGracePeriodSeconds: 10 s are less than the runtime's shutdown timeout of 30 s; use 30 or more"#
        ),
        Case(
            #"{spicepod: {name: a, kind: Spicepod, version: v2, runtime: {shutdown_timeout: 1m30s}}, terminationGracePeriodSeconds: 60}"#,
            #"short-grace-period: spec.terminationGracePeriodSeconds: 60 s are less than runtime.shutdown_timeout of 90 s; use 90 or more"#
        ),
        Case(#"{terminationGracePeriodSeconds: 30}"#),
        Case(#"{progressDeadlineSeconds: 1}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
