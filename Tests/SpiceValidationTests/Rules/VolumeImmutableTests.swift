import Testing

/// What a claim cannot take is refused, as long as its volumes live on.
@Suite struct VolumeImmutableTests {
    @Test(arguments: [
        Case(
            #"{volumeClaimTemplates: [{spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}}]}"#,
            #"volume-immutable: spec.volumeClaimTemplates[0].spec.storageClassName: cannot change while volumes of "data" exist; change it back, or add an entry of another name and move the data"#,
            before: #"{volumeClaimTemplates: [{spec: {storageClassName: slow, resources: {requests: {storage: 1Gi}}}}]}"#),
        Case(
            #"{volumeClaimTemplates: [{spec: {accessModes: [ReadWriteMany], volumeMode: Block, resources: {requests: {storage: 1Gi}}}}]}"#,
            #"volume-immutable: spec.volumeClaimTemplates[0].spec.accessModes: cannot change while volumes of "data" exist; change it back, or add an entry of another name and move the data"#,
            #"volume-immutable: spec.volumeClaimTemplates[0].spec.volumeMode: cannot change while volumes of "data" exist; change it back, or add an entry of another name and move the data"#,
            before: #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}]}"#),
        Case(
            #"{volumeClaimTemplates: [{spec: {accessModes: [ReadWriteOnce], volumeMode: Filesystem, resources: {requests: {storage: 1Gi}}}}]}"#,
            before: #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}]}"#),
        Case(
            #"{updateStrategy: {type: BlueGreen}, volumeClaimTemplates: [{spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}}]}"#,
            before: #"{volumeClaimTemplates: [{spec: {storageClassName: slow, resources: {requests: {storage: 1Gi}}}}]}"#),
        Case(
            #"{standbyVersion: {enabled: true}, volumeClaimTemplates: [{spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}}]}"#,
            before:
                #"{standbyVersion: {enabled: true}, volumeClaimTemplates: [{spec: {storageClassName: slow, resources: {requests: {storage: 1Gi}}}}]}"#
        ),
        Case(#"{volumeClaimTemplates: [{spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}}]}"#, before: #"{}"#),
        Case(#"{}"#, before: #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}]}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
