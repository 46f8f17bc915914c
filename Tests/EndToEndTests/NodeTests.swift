import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Sets of a SpicepodCluster run nodes: each starts with its own certificate and not before, and an executor is ready once it runs.
struct NodeTests {
    @Test(arguments: ControlPlane.available) func nodesWaitForTheirCertificates(_ kind: ControlPlane) async throws {
        try await World.with(kind, "nodes") { world in
            try await world.startController()
            try await world.make("c-scheduler", ["cluster": ["name": "c", "role": "scheduler"]])
            try await world.makeExecutors(["name": "c", "role": "executor"], replicas: 2)
            for name in ["c-scheduler-0-0", "c-executor-0-0"] {
                try await eventually("\(name) waits for its certificate") { try await world.isWaiting(name) }
            }
            for statefulSet in ["c-scheduler-0", "c-executor-0", "c-executor-1"] {
                _ = try await world.client.create(.secrets, Self.certificate("\(statefulSet)-mtls", in: world.namespace))
            }
            for name in ["c-scheduler", "c-executor"] {
                let set = try await world.ready(name)
                #expect(set[path: "status", "role"]?.stringValue.map { name.hasSuffix($0) } == true)
            }
            let statefulSets = try await world.list(.statefulSets)
            #expect(statefulSets.map { $0.labels["spice.ai/cluster-mtls"] } == ["enabled", "enabled", "enabled"])
            let roles = try await world.list(.pods).map { $0.labels["spice.ai/cluster-role"] }
            #expect(roles == ["executor", "executor", "scheduler"])
        }
    }

    /// Nothing is waited for where nothing is encrypted.
    @Test(arguments: ControlPlane.available) func insecureNodesWaitForNothing(_ kind: ControlPlane) async throws {
        try await World.with(kind, "insecure") { world in
            try await world.startController()
            try await world.makeExecutors(["name": "c", "role": "executor", "allowInsecureConnections": true], replicas: 1)
            try await world.ready("c-executor")
            let statefulSets = try await world.list(.statefulSets)
            #expect(statefulSets.map { $0.labels["spice.ai/cluster-mtls"] } == [nil])
        }
    }

    private static func certificate(_ name: String, in namespace: String) -> JSONValue {
        [
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": .string(name), "namespace": .string(namespace)],
            "data": ["ca.crt": "", "tls.crt": "", "tls.key": ""],
        ]
    }
}

extension World {
    /// As cluster-controller makes them: without Spicepod and Service.
    func makeExecutors(_ cluster: JSONValue, replicas: Int64) async throws {
        var manifest = manifest(
            "c-executor", ["cluster": cluster, "replicas": .int(replicas), "service": ["enabled": false]])
        manifest[path: "spec", "spicepod"] = nil
        _ = try await client.create(.spicepodSets, manifest)
    }

    fileprivate func isWaiting(_ pod: String) async throws -> Bool {
        try await list(.events).contains {
            $0[path: "regarding", "name"]?.stringValue == pod && $0["reason"] == "FailedMount"
        }
    }
}
