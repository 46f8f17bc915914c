import Testing

/// A class that is not there is told, when the classes are known and the wish is new.
@Suite struct StorageClassTests {
    @Test(arguments: [
        Case(
            #"{volumeClaimTemplates: [{spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}}]}"#,
            #"storage-class-exists: spec.volumeClaimTemplates[0].spec.storageClassName: no StorageClass is named "fast", the cluster has slow, standard; name one of them, or make it first"#,
            classes: ["standard", "slow"]),
        Case(
            #"{volumeClaimTemplates: [{spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}}]}"#,
            #"storage-class-exists: spec.volumeClaimTemplates[0].spec.storageClassName: no StorageClass is named "fast", the cluster has none; name one of them, or make it first"#,
            classes: []),
        Case(
            #"{volumeClaimTemplates: [{spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}}]}"#, classes: ["fast"]
        ),
        Case(#"{volumeClaimTemplates: [{spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}}]}"#),
        Case(#"{volumeClaimTemplates: [{spec: {storageClassName: "", resources: {requests: {storage: 1Gi}}}}]}"#, classes: []),
        Case(#"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}]}"#, classes: []),
        Case(
            #"{volumeClaimTemplates: [{spec: {storageClassName: gone, resources: {requests: {storage: 2Gi}}}}]}"#,
            before: #"{volumeClaimTemplates: [{spec: {storageClassName: gone, resources: {requests: {storage: 1Gi}}}}]}"#,
            classes: []),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
