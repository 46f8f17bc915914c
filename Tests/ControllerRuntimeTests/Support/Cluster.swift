import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Logging

/// An API in the same process.
struct Cluster {
    let server = APIServer(seed: 1)

    func client(_ name: String = "spice-test", time: TimeSource = .system) -> KubernetesClient {
        var client = KubernetesClient(transport: InProcessTransport(server), fieldManager: name, userAgent: "tests")
        client.time = time
        return client
    }

    func createNamespace(_ name: String) async throws {
        _ = try await client().create(.namespaces, ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]])
    }
}

extension Logger {
    /// Says nothing.
    static let silent = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
}
