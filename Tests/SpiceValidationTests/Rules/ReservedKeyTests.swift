import Testing

/// Keys of the operator are not the user's.
@Suite struct ReservedKeyTests {
    @Test(arguments: [
        Case(
            #"{labels: {spice.ai/app: x, spice.ai/cluster: z}}"#,
            #"reserved-keys: spec.labels[spice.ai/app]: is reserved for the operator; remove it"#,
            #"reserved-keys: spec.labels[spice.ai/cluster]: is reserved for the operator; remove it"#),
        Case(
            #"{labels: {spice.ai/spicepod: x}}"#,
            #"reserved-keys: spec.labels[spice.ai/spicepod]: is reserved for the operator; remove it"#),
        Case(
            #"{labels: {spice.ai/version: x}}"#,
            #"reserved-keys: spec.labels[spice.ai/version]: is reserved for the operator; remove it"#),
        Case(
            #"{labels: {spice.ai/cluster-role: x}}"#,
            #"reserved-keys: spec.labels[spice.ai/cluster-role]: is reserved for the operator; remove it"#),
        Case(
            #"{labels: {spice.ai/cluster-mtls: x}}"#,
            #"reserved-keys: spec.labels[spice.ai/cluster-mtls]: is reserved for the operator; remove it"#),
        Case(
            #"{labels: {spice.ai/component: x}}"#,
            #"reserved-keys: spec.labels[spice.ai/component]: is reserved for the operator; remove it"#),
        Case(
            #"{annotations: {spice.ai/sidecar-injected: x}}"#,
            #"reserved-keys: spec.annotations[spice.ai/sidecar-injected]: is reserved for the operator; remove it"#),
        Case(
            #"{annotations: {spice.ai/observed-generation: x}}"#,
            #"reserved-keys: spec.annotations[spice.ai/observed-generation]: is reserved for the operator; remove it"#),
        Case(
            #"{annotations: {spice.ai/validation-level: x}}"#,
            #"reserved-keys: spec.annotations[spice.ai/validation-level]: is reserved for the operator; remove it"#),
        Case(#"{labels: {team: a, example.com/app: b}, annotations: {spice.ai/mine: c, anything: goes here}}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
