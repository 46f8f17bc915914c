import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A restart names the first field of the pod that differs.
@Suite struct VersionDifferenceTests {
    @Test(arguments: [
        ("{image: {tag: '2'}}", "spec.containers[spiced].image changed"),
        ("{http: {port: 1}}", "spec.containers[spiced].args[--http] changed"),
        ("{resources: {limits: {memory: 1Gi}}}", "spec.containers[spiced].resources changed"),
        ("{env: [{name: A, value: b}]}", "spec.containers[spiced].env changed"),
        ("{probes: {liveness: {periodSeconds: 99}}}", "spec.containers[spiced].livenessProbe.periodSeconds changed"),
        ("{labels: {team: data}}", "metadata.labels.team changed"),
        ("{annotations: {restarted: now}}", "metadata.annotations.restarted changed"),
        ("{terminationGracePeriodSeconds: 7}", "spec.terminationGracePeriodSeconds changed"),
        ("{serviceAccount: {enabled: true, name: mine}}", "spec.serviceAccountName changed"),
        ("{spicepod: {name: other}}", "spec.spicepod changed"),
        (
            "{volumeMounts: [{name: data, mountPath: /data}], volumeClaimTemplates: [{spec: {storageClassName: fast}}]}",
            "spec.containers[spiced].volumeMounts changed"
        ),
    ])
    func firstField(spec: String, expected: String) throws {
        var cluster = try OrderedUpdateTests.running(replicas: 1)
        let old = try cluster.version.short
        cluster.set.spec = try Sample.set(yaml: spec).spec
        // before the new version's record is there, and after
        #expect(try Self.difference(from: old, cluster) == expected)
        try cluster.reconcile()
        #expect(try Self.difference(from: old, cluster) == expected)
    }

    @Test func claimTemplates() throws {
        var cluster = try Cluster(
            Sample.set(yaml: "{volumeClaimTemplates: [{spec: {storageClassName: slow, resources: {requests: {storage: 1Gi}}}}]}"))
        try cluster.converge()
        let old = try cluster.version.short
        cluster.edit {
            $0.volumeClaimTemplates?[0].spec.storageClassName = "fast"
            $0.volumeClaimTemplates?[0].spec.resources?.requests?["storage"] = "2Gi"
        }
        #expect(try Self.difference(from: old, cluster) == "spec.volumeClaimTemplates[0].spec.storageClassName changed")
    }

    @Test func unknownVersion() throws {
        let cluster = try OrderedUpdateTests.running(replicas: 1)
        for old in [nil, "12345678"] {
            #expect(try Self.difference(from: old, cluster) == "its version is unknown")
        }
    }

    private static func difference(from old: String?, _ cluster: Cluster) throws -> String {
        let child = ChildMetadata(set: cluster.set)
        let record = try VersionRecord.of(cluster.version, child, in: cluster.world, cluster.planner.settings)
        return VersionDifference.describe(from: old, to: record, in: cluster.world)
    }
}
