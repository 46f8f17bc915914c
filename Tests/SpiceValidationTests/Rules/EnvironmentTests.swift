import Testing

/// Every variable has a name and one place that its value comes from.
@Suite struct EnvironmentTests {
    @Test(arguments: [
        Case(#"{env: [{name: ""}]}"#, #"environment: spec.env[0].name: is empty; give the variable a name"#),
        Case(
            #"{env: [{name: A=B}]}"#, #"environment: spec.env[0].name: "A=B" is no name of a variable; use letters, digits and '_'"#
        ),
        Case(
            #"{env: [{name: A, value: x, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]}"#,
            #"environment: spec.env[0].valueFrom: stands beside a value; remove one of the two"#),
        Case(
            #"{env: [{name: A, valueFrom: {}}]}"#,
            #"environment: spec.env[0].valueFrom: is empty; give one of fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef"#
        ),
        Case(
            #"{env: [{name: A, valueFrom: {fieldRef: {fieldPath: x}, secretKeyRef: {name: s, key: k}}}]}"#,
            #"environment: spec.env[0].valueFrom: has 2 sources; leave one"#),
        Case(#"{envFromSource: [{}]}"#, #"environment: spec.envFromSource[0]: is empty; give configMapRef or secretRef"#),
        Case(
            #"{envFromSource: [{configMapRef: {name: a}, secretRef: {name: b}}]}"#,
            #"environment: spec.envFromSource[0]: has configMapRef and secretRef; make two entries of it"#),
        Case(
            #"{envFromSource: [{prefix: "=", secretRef: {name: b}}]}"#,
            #"environment: spec.envFromSource[0].prefix: "=" cannot begin a variable's name; use letters, digits and '_'"#),
        Case(
            #"{env: [{name: SPICE_LOG_LEVEL, value: debug}, {name: MY_SECRET, valueFrom: {secretKeyRef: {name: my-secret, key: api-key}}}], envFromSource: [{configMapRef: {name: my-config}}, {prefix: S_, secretRef: {name: my-secret}}]}"#
        ),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
