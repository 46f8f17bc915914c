import Testing

/// Parallel works as RollingOrdered, and says so.
@Suite struct RemovedStrategyTests {
    @Test(arguments: [
        Case(
            #"{updateStrategy: {type: Parallel}}"#,
            #"removed-strategy: spec.updateStrategy.type: Parallel has been removed and works as RollingOrdered; set RollingOrdered, or RollingParallel with maxUnavailable"#
        ),
        Case(#"{updateStrategy: {type: RollingOrdered}}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
