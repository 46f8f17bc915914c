import JSON
import KubernetesModel
import SpiceTypes
import SpiceValidation
import Testing
import YAML

/// A cluster is judged by the sets that it becomes, and told in its own fields.
@Suite struct ClusterValidatorTests {
    @Test func aGoodClusterHasNoFindings() throws {
        #expect(try ClusterSample.told(scheduler: "{replicas: 2}", executor: "{replicas: 3}") == [])
        #expect(try ClusterSample.told(scheduler: "{replicas: 0}", executor: "{replicas: 1}") == [])
    }

    /// The example of the page must be taken; current runtimes want a state_location as well.
    @Test func theExampleOfThePageHasOneWarning() throws {
        let spec = try YAML.parse(
            """
            schedulerSpec: {replicas: 1, spicepod: {version: v1, kind: Spicepod, name: my-cluster-scheduler}}
            executorSpec: {replicas: 3, resources: {requests: {cpu: 200m}, limits: {cpu: "1"}}}
            """)
        var cluster = try ClusterSample.cluster()
        cluster.spec = try JSONTreeDecoder().decode(SpicepodClusterSpec.self, from: spec)
        let findings = SpicepodClusterValidator.findings(cluster)
        #expect(findings.map(\.rule) == ["state-location"])
        #expect(findings.map(\.severity) == [.warning])
    }

    @Test func pathsAreThoseOfTheCluster() throws {
        #expect(
            try ClusterSample.told(scheduler: "{replicas: -1}", executor: "{image: {tag: ''}}") == [
                "replicas: spec.schedulerSpec.replicas: -1 is out of range; use 0 to 10000, 0 pauses the set",
                "image: spec.executorSpec.image.tag: is empty; give a tag, or leave it out for the default",
            ])
    }

    @Test func whatConcernsTheWholeIsToldOnce() throws {
        var cluster = try ClusterSample.cluster(insecure: true, name: "1c")
        cluster.metadata.annotations = [AnnotationKey.validationLevel: "loud"]
        #expect(
            SpicepodClusterValidator.findings(cluster).map { "\($0.rule) \($0.path)" } == [
                "set-name metadata.name", "validation-level metadata.annotations[spice.ai/validation-level]",
                "insecure-connections spec.allowInsecureConnections",
            ])
    }

    @Test func longNamesAreFine() throws {
        let name = String(repeating: "c", count: 253)
        #expect(ClusterSample.told(try ClusterSample.cluster(name: name)) == [])
    }

    /// Who pauses a role of a cluster that was wrong before is not refused.
    @Test func scalingIsNotRefused() throws {
        let old = try ClusterSample.cluster(executor: "{image: {tag: ''}, replicas: 3}")
        let new = try ClusterSample.cluster(executor: "{image: {tag: ''}, replicas: 0}")
        #expect(SpicepodClusterValidator.findings(new, .init(old: old)).map(\.severity) == [.warning])
        #expect(SpicepodClusterValidator.findings(new).map(\.severity) == [.error])
    }

    @Test func storageClassesAreThoseOfTheContext() throws {
        let volume = "{volumeClaimTemplates: [{spec: {storageClassName: fats, resources: {requests: {storage: 1Gi}}}}]}"
        let findings = SpicepodClusterValidator.findings(
            try ClusterSample.cluster(executor: volume), .init(storageClasses: ["fast"]))
        #expect(findings.map(\.rule) == ["storage-class-exists"])
        #expect(findings.first?.path == "spec.executorSpec.volumeClaimTemplates[0].spec.storageClassName")
    }
}
