import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct CompressionTests {
    /// `printf '{"kind":"List"}' | gzip -9n`
    private static let compressed: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 202, 206, 204, 75, 81, 178, 82, 242, 201, 44, 46, 81, 170, 5, 0, 193, 127, 250,
        10, 15, 0, 0, 0,
    ]

    /// Lists may come compressed and arrive as they were; watches never ask for it, because a compressor holds events back.
    @Test func onlyLists() async throws {
        let server = try await ScriptedServer.start { request, reply in
            guard request.headers["accept-encoding"] == "gzip" else { return try await reply.respond(200, "plain") }
            try await reply.head(200, [("content-encoding", "gzip")])
            try await reply.write(Self.compressed)
            try await reply.end()
        }
        let transport = server.transport()
        let list = try await transport.send(HTTPRequest(.get, "/", acceptsCompression: true))
        #expect(String(decoding: list.body, as: UTF8.self) == #"{"kind":"List"}"#)
        #expect(try await transport.send(HTTPRequest(.get, "/")).body == Array("plain".utf8))
    }

    /// A body beyond the limit is refused, compressed or not.
    @Test func limit() async throws {
        let server = try await ScriptedServer.start { _, reply in try await reply.respond(200, String(repeating: "x", count: 5000))
        }
        var configuration = server.configuration()
        configuration.bodyLimit = 4999
        do {
            _ = try await CurlTransport(configuration).send(HTTPRequest(.get, "/"))
            #expect(Bool(false), "the body is too large")
        } catch let error as TransportError {
            #expect(error.code == .tooLarge)
        }
    }
}
