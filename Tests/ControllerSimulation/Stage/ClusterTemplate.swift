import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane

/// A cluster with its definitions and nodes, made once; every seed begins with a copy.
package struct ClusterTemplate: Sendable {
    let options: Simulation.Options
    private let settled: Task<APIServer, any Error>

    /// - Parameters:
    ///   - definitions: the CRDs, as JSON.
    ///   - namespaces: beside those of every cluster.
    package init(nodes: Int, definitions: [String], namespaces: [String] = []) {
        var options = Simulation.Options(nodes: nodes)
        options.isFrugal = true
        self.options = options
        settled = Task { [options] in
            let clock = VirtualClock(seed: 0)
            let server = APIServer(clock: { clock.wall }, seed: 0)
            let client = KubernetesClient(
                transport: InProcessTransport(server), fieldManager: "spiceai-operator", userAgent: "simulation")
            for namespace in namespaces {
                _ = try await client.create(
                    .namespaces,
                    ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)]])
            }
            for definition in definitions {
                _ = try await client.create(.customResourceDefinitions, try JSONValue(parsing: definition))
            }
            Simulation(server: server, options: options).step()
            server.compact()
            return server
        }
    }

    func server(clock: VirtualClock, seed: UInt64) async throws -> APIServer {
        try await settled.value.fork(clock: { clock.wall }, seed: seed)
    }
}
