import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct CancellationTests {
    /// Cancelling a request ends it at once, here and at the server, though the server never answers.
    @Test(arguments: [ScriptedServer.Wire.http2, .http1])
    func request(_ wire: ScriptedServer.Wire) async throws {
        let (arrived, ended) = (Signal(), Signal())
        let server = try await ScriptedServer.start(wire) { _, reply in
            arrived.fire()
            await reply.untilClosed()
            ended.fire()
        }
        let transport = server.transport()
        let task = Task { try await transport.send(HTTPRequest(.get, "/")) }
        await arrived.wait()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await ended.wait()
    }

    /// So does cancelling who waits for the next piece of a stream.
    @Test func waitingForAPiece() async throws {
        let (reading, ended) = (Signal(), Signal())
        let server = try await ScriptedServer.start { _, reply in
            try await reply.head()
            await reply.untilClosed()
            ended.fire()
        }
        let transport = server.transport()
        let task = Task {
            let stream = try await transport.open(HTTPRequest(.get, "/"))
            reading.fire()
            for try await _ in stream.chunks {}
        }
        await reading.wait()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await ended.wait()
    }

    /// Letting go of a stream ends it as well.
    @Test func letGo() async throws {
        let ended = Signal()
        let server = try await ScriptedServer.start { _, reply in
            try await reply.head()
            await reply.untilClosed()
            ended.fire()
        }
        let transport = server.transport()
        _ = try await transport.open(HTTPRequest(.get, "/")).status
        await ended.wait()
    }

    /// A cancelled task sends nothing.
    @Test func beforehand() async throws {
        let server = try await ScriptedServer.start { _, reply in try await reply.respond() }
        let transport = server.transport()
        let start = Signal()
        let task = Task {
            await start.wait()
            _ = try await transport.send(HTTPRequest(.get, "/late"))
        }
        task.cancel()
        start.fire()
        await #expect(throws: CancellationError.self) { try await task.value }
        _ = try await transport.send(HTTPRequest(.get, "/"))
        #expect(server.requests.values.map(\.path) == ["/"])
    }

    /// A storm of requests, each cancelled at another moment, leaves a transport that works.
    @Test func storm() async throws {
        let server = try await ScriptedServer.start { request, reply in
            if request.path == "/open" {
                try await reply.head()
                for _ in 0..<20 { try await reply.write([UInt8](repeating: 1, count: 5000)) }
            }
            try await reply.respond(200, "{}")
        }
        let transport = server.transport()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<400 {
                group.addTask {
                    let task = Task {
                        if index % 2 == 0 {
                            _ = try await transport.send(HTTPRequest(.get, "/"))
                        } else {
                            for try await _ in try await transport.open(HTTPRequest(.get, "/open")).chunks where index % 3 == 0 {
                                break
                            }
                        }
                    }
                    for _ in 0..<(index % 17) { await Task.yield() }
                    task.cancel()
                    _ = await task.result
                }
            }
        }
        #expect(try await transport.send(HTTPRequest(.get, "/")).status == 200)
    }
}
