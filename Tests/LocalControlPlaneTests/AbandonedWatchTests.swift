import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Clients that leave while an event is on its way to them hold up neither the server nor each other.
@Suite struct AbandonedWatchTests {
    @Test(.timeLimit(.minutes(5))) func clientsLeaveInMidEvent() async throws {
        let api = API()
        try await api.call(.post, Path.configMaps, configMap("a", ["round": "0"]))
        for round in 1...500 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    let stream = try await api.transport.open(api.request(.get, "\(Path.configMaps)?watch=1"))
                    group.addTask {
                        do {
                            for try await _ in stream.chunks {}
                        } catch is CancellationError {
                        }
                    }
                }
                async let change = api.merge("\(Path.configMaps)/a", ["data": ["round": .string("\(round)")]])
                group.cancelAll()
                _ = try await change
                try await group.waitForAll()
            }
        }
        #expect(api.server.watchCount == 0)
    }
}
