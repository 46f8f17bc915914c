import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes

extension ResourceType {
    static let spicepodClustersV1alpha1 = ResourceType(
        group: "spice.ai", version: "v1alpha1", plural: "spicepodclusters", kind: "SpicepodCluster")
}

extension World {
    /// The services that make nodes of a cluster, cluster-controller the last.
    @discardableResult
    func startClusterServices() async throws -> Controller {
        try await startController()
        return try await startController(of: .clusterController)
    }

    /// An insecure cluster whose nodes need no certificates; the specs are added to those of the roles.
    func cluster(_ name: String, schedulers: [String: JSONValue], executors: [String: JSONValue]) -> JSONValue {
        let spicepod: JSONValue = [
            "version": "v2", "kind": "Spicepod", "name": .string(name),
            "runtime": ["scheduler": ["state_location": "s3://bucket/state"]],
        ]
        return [
            "apiVersion": "spice.ai/v2", "kind": "SpicepodCluster",
            "metadata": ["name": .string(name), "namespace": .string(namespace)],
            "spec": [
                "allowInsecureConnections": true,
                "schedulerSpec": .object(["spicepod": spicepod].merging(schedulers) { $1 }),
                "executorSpec": .object(executors),
            ],
        ]
    }

    func makeCluster(_ name: String, schedulers: [String: JSONValue] = [:], executors: [String: JSONValue] = [:]) async throws {
        _ = try await client.create(.spicepodClusters, cluster(name, schedulers: schedulers, executors: executors))
    }

    func changeCluster(_ name: String, _ spec: JSONValue) async throws {
        _ = try await client.patch(.spicepodClusters, key(name), .merge(["spec": spec]))
    }

    /// The cluster once it is Ready as it is wanted now.
    @discardableResult
    func readyCluster(_ name: String, within limit: Duration = .seconds(120)) async throws -> JSONValue {
        try await ready(name, .spicepodClusters, within: limit)
    }

    func pods(_ role: ClusterRole) async throws -> [JSONValue] {
        try await list(.pods).filter { $0.labels[LabelKey.clusterRole] == role.rawValue }
    }
}
