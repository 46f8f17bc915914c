import Testing

/// Volumes have names of their own.
@Suite struct VolumeNameTests {
    @Test(arguments: [
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}, {metadata: {name: data}, spec: {resources: {requests: {storage: 1Gi}}}}]}"#,
            #"volume-names: spec.volumeClaimTemplates[1].metadata.name: "data" is used twice; rename one"#),
        Case(
            #"{volumeClaimTemplates: [{metadata: {name: My.Data}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: My.Data, mountPath: /x}]}"#,
            #"volume-names: spec.volumeClaimTemplates[0].metadata.name: "My.Data" cannot name a volume; use up to 63 lower-case letters, digits and '-'"#
        ),
        Case(
            #"{volumeClaimTemplates: [{metadata: {name: spice-tmp}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: spice-tmp, mountPath: /x}]}"#,
            #"volume-names: spec.volumeClaimTemplates[0].metadata.name: "spice-tmp" is a volume of the operator's; use another name"#
        ),
        Case(#"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}]}"#),
        Case(#"{volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: 1Gi}}}}]}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
