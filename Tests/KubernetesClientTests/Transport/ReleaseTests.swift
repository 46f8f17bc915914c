import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct ReleaseTests {
    /// Releasing a transport ends its streams and its connection.
    @Test func endsStreams() async throws {
        let ended = Signal()
        let server = try await ScriptedServer.start { _, reply in
            try await reply.head()
            try await reply.write("x")
            await reply.untilClosed()
            ended.fire()
        }
        var transport: CurlTransport? = server.transport()
        let stream = try await #require(transport).open(HTTPRequest(.get, "/"))
        #expect(try await stream.chunks.makeAsyncIterator().next() == [120])
        transport = nil
        await ended.wait()
        do {
            for try await _ in stream.chunks {}
            #expect(Bool(false), "the stream must fail")
        } catch let error as TransportError {
            #expect(error.code == .closed)
        }
    }
}
