import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import CertManager

/// Secrets are found by what they were made for, as everything of a set and of a cluster is.
@Suite struct LabelTests {
    private func labels(_ name: String, _ namespace: String = "default") async throws -> JSONValue {
        let world = try await World()
        try await world.createCluster()
        try await world.createNode(.executor)
        try await world.settle()
        return try await world.object(.secrets, name, namespace)?[path: "metadata", "labels"] ?? .null
    }

    @Test func ofNodes() async throws {
        #expect(
            try await labels("demo-executor-0-mtls") == [
                "app.kubernetes.io/name": "spice", "app.kubernetes.io/instance": "demo-executor",
                "app.kubernetes.io/component": "certificate", "app.kubernetes.io/managed-by": "spiceai-operator",
                "spice.ai/app": "demo-executor", "spice.ai/spicepod": "demo-executor", "spice.ai/component": "certificate",
                "spice.ai/cluster": "demo", "spice.ai/cluster-role": "executor",
            ])
    }

    @Test func ofRootCAs() async throws {
        #expect(
            try await labels("default.demo-ca", World.namespace) == [
                "app.kubernetes.io/name": "spice", "app.kubernetes.io/instance": "demo",
                "app.kubernetes.io/component": "certificate", "app.kubernetes.io/managed-by": "spiceai-operator",
                "spice.ai/app": "demo", "spice.ai/component": "certificate", "spice.ai/cluster": "demo",
            ])
    }
}
