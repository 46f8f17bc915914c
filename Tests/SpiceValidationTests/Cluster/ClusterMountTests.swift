import SpiceValidation
import Testing

/// Where a node's certificate is mounted nothing else can be.
@Suite struct ClusterMountTests {
    private func told(_ path: String, insecure: Bool = false) throws -> [String] {
        try ClusterSample.told(
            executor: """
                volumeClaimTemplates: [{metadata: {name: keys}, spec: {resources: {requests: {storage: 1Gi}}}}]
                volumeMounts: [{name: keys, mountPath: \(path)}]
                """, insecure: insecure
        ).filter { $0.hasPrefix("mount-paths") }
    }

    @Test(arguments: ["/etc/spice/mtls", "/etc/spice/mtls/", "/etc/spice/mtls/more"]) func isTaken(_ path: String) throws {
        #expect(
            try told(path) == [
                "mount-paths: spec.executorSpec.volumeMounts[0].mountPath: \"\(path)\" is where the node's certificate is mounted; "
                    + "use another path"
            ])
        #expect(try told(path, insecure: true) == [])
    }

    @Test func besideItIsFree() throws {
        #expect(try told("/etc/spice/mtls-more") == [])
    }
}
