import JSON
import KubernetesModel
import SpiceTypes
import SpiceValidation
import Testing
import YAML

/// Whatever a cluster holds, it is judged: no crash, a bounded answer in its own fields, and the same one each time.
@Suite struct ClusterFuzzTests {
    private static let node = """
        {network: {ingress: [{from: [{podSelector: {matchLabels: {spice.ai/cluster: c}}}]}], egress: [{}]},
         http: {port: 50052}, updateStrategy: {type: BlueGreen}, replicas: 2,
         volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: 1Gi}}}}],
         cluster: {bindAddress: "[::]:50052", schedulerAddress: "https://a.b:50052"}}
        """

    @Test(arguments: 0..<4)
    func mutated(seed: UInt64) throws {
        var scheduler = try YAML.parse(Self.node)
        scheduler["spicepod"] = try YAML.parse(
            "{name: a, kind: Spicepod, version: v2, runtime: {scheduler: {state_location: s3://b}}}")
        let base: JSONValue = [
            "schedulerSpec": scheduler, "executorSpec": try YAML.parse(Self.node), "allowInsecureConnections": false,
        ]
        var mutation = Mutation(seed: seed)
        var judged = 0
        for _ in 0..<400 {
            var tree = base
            for _ in 0...mutation.below(6) { tree = mutation.mutated(tree) }
            guard let spec = try? JSONTreeDecoder().decode(SpicepodClusterSpec.self, from: tree) else { continue }
            judged += 1
            let cluster = SpicepodCluster(metadata: ObjectMeta { $0.name = "c" }, spec: spec)
            let context = ClusterValidationContext(old: cluster, storageClasses: [])
            let findings = SpicepodClusterValidator.findings(cluster, context)
            #expect(findings.count <= 204)
            #expect(findings.allSatisfy { $0.description.utf8.count < 2000 && !$0.description.contains("\n") }, "\(findings)")
            let roots = ["metadata.", "spec.schedulerSpec", "spec.executorSpec", "spec.allowInsecureConnections"]
            #expect(findings.allSatisfy { finding in roots.contains { finding.path.hasPrefix($0) } }, "\(findings)")
            #expect(findings == SpicepodClusterValidator.findings(cluster, context))
        }
        #expect(judged > 100)
    }
}
