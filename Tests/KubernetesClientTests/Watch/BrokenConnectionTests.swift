import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct BrokenConnectionTests {
    /// What breaks a watch within an event costs that event's first half only: the watch goes on after the last whole event, without a list.
    private func resumes(
        _ wire: ScriptedServer.Wire = .http2, _ breakOff: @escaping @Sendable (Reply) async throws -> Void
    ) async throws -> ScriptedServer {
        let server = try await PodServer.start(wire) { number, _, reply in
            try await reply.head()
            guard number == 0 else {
                try await reply.write(Item.event("MODIFIED", "a", 8, "whole"))
                return await reply.untilClosed()
            }
            try await reply.write(Item.event("ADDED", "a", 7, "first"))
            try await reply.write(String(Item.event("MODIFIED", "a", 8, "torn").dropLast(20)))
            try await breakOff(reply)
        }
        let transport = server.transport()
        try await reflecting(transport) { seen in
            await seen.wait { $0.contains(.applied("a", "whole")) }
            #expect(
                seen.values.filter { $0 != .trouble(.transport) } == [
                    .start, .done("1"), .applied("a", "first"), .applied("a", "whole"),
                ])
            #expect(server.watchedVersions == ["1", "7"])
            #expect(server.listCount == 1)
        }
        return server
    }

    @Test(arguments: [ScriptedServer.Wire.http2, .http1, .plain])
    func connectionDeath(_ wire: ScriptedServer.Wire) async throws {
        guard wire != .plain else { return }
        let server = try await resumes(wire) { try await $0.closeConnection() }
        #expect(server.connectionCount == 2)
    }

    @Test func reset() async throws {
        let server = try await resumes { try await $0.reset() }
        #expect(server.connectionCount == 1)
    }

    /// After a GOAWAY the stream may still end in peace; the next watch is on a new connection.
    @Test func goAway() async throws {
        let server = try await resumes { reply in
            try await reply.goAway()
            try await reply.end()
        }
        #expect(server.connectionCount == 2)
    }

    @Test func goAwayAndDeath() async throws {
        let server = try await resumes { reply in
            try await reply.goAway()
            try await reply.closeConnection()
        }
        #expect(server.connectionCount == 2)
    }

    /// While nothing listens the consumer is told, and keeps what it knows; then the watch goes on where it was.
    @Test func serverRestart() async throws {
        let port = Signal()
        let server = try await PodServer.start { _, _, reply in
            try await reply.head()
            try await reply.write(Item.event("ADDED", "a", 7))
            await port.wait()
            try await reply.closeConnection()
        }
        try await reflecting(server.transport()) { seen in
            await seen.wait(count: 3)
            try await server.stopListening()
            port.fire()
            await seen.wait { $0.count { $0 == .trouble(.transport) } >= 3 }
            #expect(!seen.values.dropFirst(2).contains(.start))
        }
    }
}
