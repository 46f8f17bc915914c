import Testing

/// maxUnavailable lets at least one pod go, and is a number or a share.
@Suite struct MaxUnavailableRuleTests {
    @Test(arguments: [
        Case(
            #"{updateStrategy: {type: RollingParallel, maxUnavailable: 0}}"#,
            #"max-unavailable: spec.updateStrategy.maxUnavailable: 0 would let no pod be updated; use 1 or more, or 1% to 100%"#),
        Case(
            #"{updateStrategy: {type: RollingParallel, maxUnavailable: -3}}"#,
            #"max-unavailable: spec.updateStrategy.maxUnavailable: -3 would let no pod be updated; use 1 or more, or 1% to 100%"#),
        Case(
            #"{updateStrategy: {type: RollingParallel, maxUnavailable: 0%}}"#,
            #"max-unavailable: spec.updateStrategy.maxUnavailable: "0%" would let no pod be updated; use 1 or more, or 1% to 100%"#),
        Case(
            #"{updateStrategy: {type: RollingParallel, maxUnavailable: 101%}}"#,
            #"max-unavailable: spec.updateStrategy.maxUnavailable: "101%" is more than all pods; use 1 or more, or 1% to 100%"#),
        Case(
            #"{updateStrategy: {type: RollingParallel, maxUnavailable: half}}"#,
            #"max-unavailable: spec.updateStrategy.maxUnavailable: "half" is neither a number nor a share; use 1 or more, or 1% to 100%"#
        ),
        Case(
            #"{updateStrategy: {type: RollingParallel, maxUnavailable: "2"}}"#,
            #"max-unavailable: spec.updateStrategy.maxUnavailable: "2" is neither a number nor a share; use 1 or more, or 1% to 100%"#
        ),
        Case(
            #"{updateStrategy: {type: RollingParallel, maxUnavailable: -5%}}"#,
            #"max-unavailable: spec.updateStrategy.maxUnavailable: "-5%" is neither a number nor a share; use 1 or more, or 1% to 100%"#
        ),
        Case(#"{updateStrategy: {type: RollingParallel, maxUnavailable: 2}}"#),
        Case(#"{updateStrategy: {type: RollingParallel, maxUnavailable: 100%}}"#),
        Case(#"{updateStrategy: {type: RollingParallel, maxUnavailable: 1%}}"#),
        Case(
            #"{updateStrategy: {maxUnavailable: 2}}"#,
            #"unused-max-unavailable: spec.updateStrategy.maxUnavailable: has no effect with RollingOrdered; remove it, or set type to RollingParallel"#
        ),
        Case(
            #"{updateStrategy: {type: BlueGreen, maxUnavailable: 2}}"#,
            #"unused-max-unavailable: spec.updateStrategy.maxUnavailable: has no effect with BlueGreen; remove it, or set type to RollingParallel"#
        ),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
