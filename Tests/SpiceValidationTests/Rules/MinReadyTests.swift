import Testing

/// minReadyForCutover is a number of pods that there are.
@Suite struct MinReadyTests {
    @Test(arguments: [
        Case(
            #"{updateStrategy: {minReadyForCutover: -1}}"#,
            #"min-ready-for-cutover: spec.updateStrategy.minReadyForCutover: -1 is below 0; use 0 or more, 0 means all pods"#),
        Case(
            #"{replicas: 2, updateStrategy: {minReadyForCutover: 3}}"#,
            #"min-ready-beyond-replicas: spec.updateStrategy.minReadyForCutover: 3 is more than the 2 replicas and means all of them; use 2 or less"#
        ),
        Case(#"{replicas: 5, updateStrategy: {type: RollingParallel, maxUnavailable: 2, minReadyForCutover: 3}}"#),
        Case(#"{updateStrategy: {minReadyForCutover: 0}}"#),
        Case(#"{replicas: 0, updateStrategy: {minReadyForCutover: 3}}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
