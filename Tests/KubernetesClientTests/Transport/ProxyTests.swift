import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct ProxyTests {
    /// A proxy is asked to connect to the API server, and is told no credentials.
    @Test func connectsThroughTheProxy() async throws {
        let proxy = try await ScriptedServer.start(.plain) { _, reply in try await reply.respond(403) }
        var configuration = CurlConfiguration(server: ServerAddress(host: "api.example", port: 6443))
        configuration.proxy = "http://127.0.0.1:\(proxy.port)"
        let transport = CurlTransport(configuration, credentials: FixedCredential(Credential(authorization: "Bearer secret")))
        do {
            _ = try await transport.send(HTTPRequest(.get, "/api"))
            #expect(Bool(false), "the proxy refuses")
        } catch let error as TransportError {
            #expect(!error.mayHaveReachedServer)
        }
        let request = try #require(proxy.requests.values.first)
        #expect(request.method == "CONNECT")
        #expect(request.target == "api.example:6443")
        #expect(request.headers["authorization"] == nil)
    }
}
