import Testing

/// Secrets and ConfigMaps are referred to by names that exist can have.
@Suite struct ReferenceTests {
    @Test(arguments: [
        Case(
            #"{image: {pullSecret: My_Secret}}"#,
            #"references: spec.image.pullSecret: "My_Secret" cannot name a Secret; use lower-case letters, digits, '-' and '.'"#),
        Case(
            #"{env: [{name: A, valueFrom: {secretKeyRef: {key: k}}}]}"#,
            #"references: spec.env[0].valueFrom.secretKeyRef.name: is missing; give the name of a Secret"#),
        Case(
            #"{env: [{name: A, valueFrom: {configMapKeyRef: {name: m, key: a/b}}}]}"#,
            #"references: spec.env[0].valueFrom.configMapKeyRef.key: "a/b" is no key of a ConfigMap; use up to 253 letters, digits, '-', '_' and '.'"#
        ),
        Case(
            #"{envFromSource: [{secretRef: {name: A}}]}"#,
            #"references: spec.envFromSource[0].secretRef.name: "A" cannot name a Secret; use lower-case letters, digits, '-' and '.'"#
        ),
        Case(#"{image: {pullSecret: my-pull-secret}, envFromSource: [{secretRef: {name: a.b}}]}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
