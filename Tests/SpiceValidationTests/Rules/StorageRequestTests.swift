import Testing

/// A claim without an amount is never bound.
@Suite struct StorageRequestTests {
    @Test(arguments: [
        Case(
            #"{volumeClaimTemplates: [{spec: {}}]}"#,
            #"storage-request: spec.volumeClaimTemplates[0].spec.resources.requests.storage: is missing; say how much, such as 10Gi"#
        ),
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: much}}}}]}"#,
            #"storage-request: spec.volumeClaimTemplates[0].spec.resources.requests.storage: "much" is no quantity; write 10Gi or 500M"#
        ),
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 0}}}}]}"#,
            #"storage-request: spec.volumeClaimTemplates[0].spec.resources.requests.storage: "0" is nothing; ask for more than 0"#),
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: -1Gi}}}}]}"#,
            #"storage-request: spec.volumeClaimTemplates[0].spec.resources.requests.storage: "-1Gi" is nothing; ask for more than 0"#
        ),
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 2Gi}, limits: {storage: 1Gi}}}}]}"#,
            #"storage-request: spec.volumeClaimTemplates[0].spec.resources.requests.storage: "2Gi" is above the limit of 1Gi; lower it or raise the limit"#
        ),
        Case(#"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 500M}}}}]}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
