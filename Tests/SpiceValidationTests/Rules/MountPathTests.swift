import Testing

/// Mount paths do not get into each other's way, or the operator's.
@Suite struct MountPathTests {
    @Test(arguments: [
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}, {metadata: {name: c}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: c, mountPath: /data}]}"#,
            #"mount-paths: spec.volumeMounts[0].mountPath: "/data" is where the volume "data" is mounted; use another path"#),
        Case(
            #"{volumeClaimTemplates: [{metadata: {name: c}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: c, mountPath: /app/spicepod.yaml}]}"#,
            #"mount-paths: spec.volumeMounts[0].mountPath: "/app/spicepod.yaml" is where the Spicepod is mounted; use another path"#
        ),
        Case(
            #"{volumeClaimTemplates: [{metadata: {name: c}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: c, mountPath: cache}]}"#,
            #"mount-paths: spec.volumeMounts[0].mountPath: "cache" is not absolute; begin it with '/'"#),
        Case(
            #"{volumeClaimTemplates: [{metadata: {name: c}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: c, mountPath: "/a:b"}]}"#,
            #"mount-paths: spec.volumeMounts[0].mountPath: "/a:b" has a ':', which no mount path may; use another path"#),
        Case(
            #"{volumeClaimTemplates: [{metadata: {name: c}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: c, mountPath: /}]}"#,
            #"mount-paths: spec.volumeMounts[0].mountPath: "/" would hide the image; use another path"#),
        Case(
            #"{volumeClaimTemplates: [{metadata: {name: c}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: c, mountPath: /x}, {name: c, mountPath: //x/, subPath: z}]}"#,
            #"mount-paths: spec.volumeMounts[1].mountPath: "//x/" is the path of volumeMounts[0] already; use another path"#),
        Case(
            #"{volumeClaimTemplates: [{spec: {resources: {requests: {storage: 1Gi}}}}, {metadata: {name: c}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: data, mountPath: /var/data}, {name: c, mountPath: /data}]}"#
        ),
        Case(
            #"{volumeClaimTemplates: [{metadata: {name: c}, spec: {resources: {requests: {storage: 1Gi}}}}], volumeMounts: [{name: c, mountPath: /tmp}]}"#
        ),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
