import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct TimeoutTests {
    private static func error(_ transport: CurlTransport, _ request: HTTPRequest) async -> TransportError? {
        do {
            _ = try await transport.send(request)
            return nil
        } catch {
            return error as? TransportError
        }
    }

    /// A server that falls silent costs one timeout: its connection is given up with all its streams, and the next request has a new one.
    @Test func silentConnectionIsGivenUp() async throws {
        let server = try await ScriptedServer.start { request, reply in
            if request.path == "/watch" { try await reply.head() }
            if request.connection == 0 { return await reply.untilClosed() }
            try await reply.respond(200, "{}")
        }
        let transport = server.transport()
        let stream = try await transport.open(HTTPRequest(.get, "/watch"))
        let error = await Self.error(transport, HTTPRequest(.get, "/", timeout: .seconds(1)))
        #expect(error?.code == .timeout)
        #expect(error?.mayHaveReachedServer == true)
        await #expect(throws: TransportError.self) { for try await _ in stream.chunks {} }
        #expect(try await transport.send(HTTPRequest(.get, "/", timeout: .seconds(30))).status == 200)
        #expect(server.connectionCount == 2)
    }

    /// A single request that takes too long leaves a connection alone over which something else came meanwhile.
    @Test func slowRequestLeavesTheConnection() async throws {
        let arrived = Signal()
        let server = try await ScriptedServer.start { request, reply in
            switch request.path {
            case "/slow":
                arrived.fire()
                await reply.untilClosed()
            case "/watch":
                try await reply.head()
                await arrived.wait()
                try await reply.write("event")
                await reply.untilClosed()
            default: try await reply.respond(200, "{}")
            }
        }
        let transport = server.transport()
        let stream = try await transport.open(HTTPRequest(.get, "/watch"))
        #expect(await Self.error(transport, HTTPRequest(.get, "/slow", timeout: .seconds(3)))?.code == .timeout)
        #expect(try await stream.chunks.makeAsyncIterator().next() == Array("event".utf8))
        #expect(try await transport.send(HTTPRequest(.get, "/")).status == 200)
        #expect(server.connectionCount == 1)
    }

    /// The timeout of a stream covers its head only: the body may come after it.
    @Test func streamsOutliveTheirTimeout() async throws {
        let go = Signal()
        let server = try await ScriptedServer.start { request, reply in
            if request.path == "/slow" { return await reply.untilClosed() }
            try await reply.head()
            await go.wait()
            try await reply.write("late")
            try await reply.end()
        }
        let transport = server.transport()
        let stream = try await transport.open(HTTPRequest(.get, "/", timeout: .seconds(10)))
        // Another transport's timeout is the clock: it is the later one.
        #expect(await Self.error(server.transport(), HTTPRequest(.get, "/slow", timeout: .milliseconds(10_500)))?.code == .timeout)
        go.fire()
        #expect(try await stream.chunks.makeAsyncIterator().next() == Array("late".utf8))
        await #expect(throws: TransportError.self) {
            try await transport.open(HTTPRequest(.get, "/slow", timeout: .milliseconds(100)))
        }
    }

    /// Nobody listens: the error says so, and that the request was never sent.
    @Test func refused() async throws {
        let server = try await ScriptedServer.start { _, reply in try await reply.respond() }
        let transport = server.transport()
        try await server.stopListening()
        let error = await Self.error(transport, HTTPRequest(.get, "/"))
        #expect(error?.code == .connect)
        #expect(error?.mayHaveReachedServer == false)
    }
}
