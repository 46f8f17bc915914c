import Testing

/// A retention that can be, for a standby that there is.
@Suite struct StandbyTests {
    @Test(arguments: [
        Case(
            #"{standbyVersion: {enabled: true, retentionPeriodSeconds: -1}}"#,
            #"standby-retention: spec.standbyVersion.retentionPeriodSeconds: -1 is below 0; use 0 or more"#),
        Case(
            #"{standbyVersion: {retentionPeriodSeconds: 60}}"#,
            #"unused-retention: spec.standbyVersion.retentionPeriodSeconds: has no effect without enabled: true; set it, or remove this"#
        ),
        Case(#"{standbyVersion: {enabled: false, retentionPeriodSeconds: 900}}"#),
        Case(#"{standbyVersion: {enabled: true, retentionPeriodSeconds: 0}}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
