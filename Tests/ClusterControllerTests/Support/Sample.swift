import JSON
import KubernetesModel
import SpiceTypes
import SpiceValidation

@testable import ClusterController

/// Clusters to test with.
enum Sample {
    static let now = Timestamp(unixSeconds: 1_800_000_000)

    /// Three schedulers, five executors, insecure: no certificates to wait for.
    static func cluster(_ name: String = "demo", _ configure: (inout SpicepodClusterSpec) -> Void = { _ in }) -> SpicepodCluster {
        var spec = SpicepodClusterSpec()
        spec.allowInsecureConnections = true
        spec.schedulerSpec.replicas = 3
        spec.schedulerSpec.spicepod = [
            "name": "demo", "kind": "Spicepod", "version": "v1",
            "runtime": ["scheduler": ["state_location": "s3://bucket/state"]],
        ]
        spec.executorSpec.replicas = 5
        configure(&spec)
        let metadata = ObjectMeta {
            $0.name = name
            $0.namespace = "default"
            $0.uid = "0ddba11-\(name)"
            $0.generation = 1
        }
        return SpicepodCluster(metadata: metadata, spec: spec)
    }

    static func image(_ tag: String) -> ContainerImage { ContainerImage { $0.tag = tag } }
}

extension SpicepodClusterStatus {
    func condition(_ type: String) -> Condition? { conditions?.first { $0.type == type } }
}

extension SpicepodClusterSpec {
    /// The image of both roles.
    var tag: String {
        get { schedulerSpec.image?.tag ?? "" }
        set {
            schedulerSpec.image = Sample.image(newValue)
            executorSpec.image = Sample.image(newValue)
        }
    }
}
