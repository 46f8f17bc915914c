import Testing

/// What is there is mounted; `data` is by itself.
@Suite struct UnmountedVolumeTests {
    @Test(arguments: [
        Case(
            #"{volumeClaimTemplates: [{metadata: {name: cache}, spec: {resources: {requests: {storage: 1Gi}}}}]}"#,
            #"unmounted-volume: spec.volumeClaimTemplates[0].metadata.name: "cache" is mounted nowhere; add a volumeMounts entry of that name"#
        ),
        Case(#"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}]}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
