import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import SpiceTypes

/// A cluster with the CRD and two nodes, made once; every seed begins with a copy.
enum ClusterTemplate {
    static let options = {
        var options = Simulation.Options(nodes: 2)
        options.isFrugal = true
        return options
    }()

    private static let settled = Task {
        let clock = VirtualClock(seed: 0)
        let server = APIServer(clock: { clock.wall }, seed: 0)
        let client = KubernetesClient(
            transport: InProcessTransport(server), fieldManager: "spiceai-operator", userAgent: "simulation")
        for definition in GeneratedCRDs.all {
            _ = try await client.create(.customResourceDefinitions, try JSONValue(parsing: definition))
        }
        Simulation(server: server, options: options).step()
        server.compact()
        return server
    }

    static func server(clock: VirtualClock, seed: UInt64) async throws -> APIServer {
        try await settled.value.fork(clock: { clock.wall }, seed: seed)
    }
}
