import Synchronization
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct SlowConsumerTests {
    /// A stream that nobody reads neither holds up its neighbours on the connection nor grows without bound, and is whole when it is read at last.
    @Test(arguments: [ScriptedServer.Wire.http2, .http1])
    func unreadStream(_ wire: ScriptedServer.Wire) async throws {
        let written = Mutex(0)
        let total = 96 << 20
        let piece = [UInt8](repeating: 7, count: 1 << 18)
        let server = try await ScriptedServer.start(wire) { request, reply in
            guard request.path == "/watch" else { return try await reply.respond(200, "{}") }
            try await reply.head()
            for _ in 0..<(total / piece.count) {
                try await reply.write(piece)
                written.withLock { $0 += piece.count }
            }
            try await reply.end()
        }
        let transport = server.transport()
        let stream = try await transport.open(HTTPRequest(.get, "/watch"))
        var seen = -1
        var quiet = 0
        // Until the server can write no more.
        while quiet < 20 {
            #expect(try await transport.send(HTTPRequest(.get, "/", timeout: .seconds(5))).status == 200)
            let now = written.withLock { $0 }
            quiet = now == seen ? quiet + 1 : 0
            seen = now
        }
        #expect(seen < total)
        var received = 0
        for try await chunk in stream.chunks { received += chunk.count }
        #expect(received == total)
    }
}
