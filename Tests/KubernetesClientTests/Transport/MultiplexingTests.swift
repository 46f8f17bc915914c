import JSON
import KubernetesModel
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct MultiplexingTests {
    /// A watch and many concurrent requests share one HTTP/2 connection.
    @Test func oneConnectionCarriesWatchesAndRequests() async throws {
        let server = try await ScriptedServer.start { request, reply in
            guard request.path == "/watch" else { return try await reply.respond(200, "{}") }
            try await reply.head()
            try await reply.write("first\n")
            await reply.untilClosed()
        }
        let transport = server.transport()
        let stream = try await transport.open(HTTPRequest(.get, "/watch"))
        #expect(try await stream.chunks.makeAsyncIterator().next() == Array("first\n".utf8))
        try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<64 {
                group.addTask { try await transport.send(HTTPRequest(.get, "/\(index)")).status }
            }
            for try await status in group { #expect(status == 200) }
        }
        #expect(server.connectionCount == 1)
    }

    /// A second transport has a connection of its own.
    @Test func transportsDoNotShareConnections() async throws {
        let server = try await ScriptedServer.start { _, reply in try await reply.respond(200, "{}") }
        let (first, second) = (server.transport(), server.transport())
        _ = try await first.send(HTTPRequest(.get, "/"))
        _ = try await second.send(HTTPRequest(.get, "/"))
        #expect(server.connectionCount == 2)
    }

    /// A server without HTTP/2 is spoken to in HTTP/1.1, with and without TLS.
    @Test(arguments: [ScriptedServer.Wire.http1, .plain]) func fallsBack(_ wire: ScriptedServer.Wire) async throws {
        let server = try await ScriptedServer.start(wire) { request, reply in
            try await reply.respond(200, "\(request.method) \(request.target) \(String(decoding: request.body, as: UTF8.self))")
        }
        let transport = CurlTransport(server.configuration(wire == .plain ? "http" : "https"))
        let response = try await transport.send(HTTPRequest(.put, "/a b/ü", query: [("x", "1 +&=")], body: Array("body".utf8)))
        #expect(String(decoding: response.body, as: UTF8.self) == "PUT /a%20b/%C3%BC?x=1%20%2B%26%3D body")
    }
}
