import Testing

/// Labels that the API server would refuse are told with their key.
@Suite struct LabelSyntaxRuleTests {
    @Test(arguments: [
        Case(
            #"{labels: {a/b/c: x}}"#,
            #"label-syntax: spec.labels[a/b/c]: is no label key; use [prefix/]name with a name of up to 63 characters"#),
        Case(
            #"{labels: {team: data platform}}"#,
            #"label-syntax: spec.labels[team]: "data platform" is no label value; use up to 63 letters, digits, '-', '_' and '.'"#),
        Case(
            #"{labels: {team: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}}"#,
            #"label-syntax: spec.labels[team]: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" is no label value; use up to 63 letters, digits, '-', '_' and '.'"#
        ),
        Case(#"{labels: {team: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, empty: ""}}"#),
        Case(
            #"{volumeClaimTemplates: [{metadata: {labels: {a: b c}}, spec: {resources: {requests: {storage: 1Gi}}}}]}"#,
            #"label-syntax: spec.volumeClaimTemplates[0].metadata.labels[a]: "b c" is no label value; use up to 63 letters, digits, '-', '_' and '.'"#
        ),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
