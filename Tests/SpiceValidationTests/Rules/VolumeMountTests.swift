import Testing

/// What is mounted is there.
@Suite struct VolumeMountTests {
    @Test(arguments: [
        Case(
            #"{volumeMounts: [{name: cache, mountPath: /cache}]}"#,
            #"volume-mounts: spec.volumeMounts[0].name: no volumeClaimTemplates entry is named "cache"; add one or remove the mount"#
        ),
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: data, mountPath: /d, subPath: a, subPathExpr: b}]}"#,
            #"volume-mounts: spec.volumeMounts[0].subPathExpr: stands beside subPath; remove one of the two"#),
        Case(
            #"{volumeClaimTemplates: [{metadata: {name: c}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: c, mountPath: /c}]}"#
        ),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
