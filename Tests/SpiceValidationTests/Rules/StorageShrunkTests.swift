import Testing

/// Asking for less than before is told, where the volumes live on.
@Suite struct StorageShrunkTests {
    @Test(arguments: [
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}]}"#,
            #"storage-shrunk: spec.volumeClaimTemplates[0].spec.resources.requests.storage: volumes do not shrink, existing ones stay at 2Gi; set 2Gi or more"#,
            before: #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 2Gi}}}}]}"#),
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 2048Mi}}}}]}"#,
            before: #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 2Gi}}}}]}"#),
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 3Gi}}}}]}"#,
            before: #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 2Gi}}}}]}"#),
        Case(#"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}]}"#, before: #"{}"#),
        Case(
            #"{updateStrategy: {type: BlueGreen}, volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}]}"#,
            before: #"{updateStrategy: {type: BlueGreen}, volumeClaimTemplates: [{spec: {resources: {requests: {storage: 2Gi}}}}]}"#
        ),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
