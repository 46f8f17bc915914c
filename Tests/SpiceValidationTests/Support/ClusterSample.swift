import JSON
import KubernetesModel
import SpiceTypes
import SpiceValidation
import Testing
import YAML

/// Clusters to judge.
enum ClusterSample {
    /// A cluster without a mistake, plus the given members of its spec's nodes, in YAML.
    static func cluster(scheduler: String = "{}", executor: String = "{}", insecure: Bool = false, name: String = "c") throws
        -> SpicepodCluster
    {
        let spicepod: JSONValue = [
            "name": "demo", "kind": "Spicepod", "version": "v2",
            "runtime": ["scheduler": ["state_location": "s3://bucket/state"]],
        ]
        var spec: JSONValue = ["schedulerSpec": ["spicepod": spicepod], "executorSpec": [:]]
        for (role, members) in [("schedulerSpec", scheduler), ("executorSpec", executor)] {
            for (key, member) in try YAML.parse(members).objectValue ?? [:] { spec[path: role, key] = member }
        }
        if insecure { spec["allowInsecureConnections"] = true }
        return SpicepodCluster(
            metadata: ObjectMeta {
                $0.name = name
                $0.namespace = "default"
            }, spec: try JSONTreeDecoder().decode(SpicepodClusterSpec.self, from: spec))
    }

    static func told(_ cluster: SpicepodCluster, _ context: ClusterValidationContext = .init()) -> [String] {
        SpicepodClusterValidator.findings(cluster, context).map { "\($0.rule): \($0)" }
    }

    static func told(scheduler: String = "{}", executor: String = "{}", insecure: Bool = false) throws -> [String] {
        told(try cluster(scheduler: scheduler, executor: executor, insecure: insecure))
    }
}
