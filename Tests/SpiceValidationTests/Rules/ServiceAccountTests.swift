import Testing

/// A ServiceAccount that somebody else makes is named.
@Suite struct ServiceAccountTests {
    @Test(arguments: [
        Case(
            #"{serviceAccount: {enabled: true}}"#,
            #"service-account: spec.serviceAccount.name: is missing; name an existing ServiceAccount, or set create to true"#),
        Case(
            #"{serviceAccount: {name: My_Account}}"#,
            #"service-account: spec.serviceAccount.name: "My_Account" cannot name a ServiceAccount; use lower-case letters, digits, '-' and '.'"#
        ),
        Case(
            #"{serviceAccount: {name: ""}}"#,
            #"service-account: spec.serviceAccount.name: is empty; name a ServiceAccount or leave it out"#),
        Case(#"{serviceAccount: {enabled: true, create: true}}"#),
        Case(#"{serviceAccount: {enabled: true, create: false, name: my-existing-service-account}}"#),
        Case(#"{serviceAccount: {enabled: false}}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
