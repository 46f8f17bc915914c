import Testing

/// A variable given twice is told; the last one counts.
@Suite struct DuplicateEnvironmentTests {
    @Test(arguments: [
        Case(
            #"{env: [{name: A, value: "1"}, {name: B}, {name: A, value: "2"}]}"#,
            #"duplicate-environment: spec.env[2].name: "A" is given by env[0] already; the last one counts: remove one"#),
        Case(#"{env: [{name: A}, {name: a}]}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
