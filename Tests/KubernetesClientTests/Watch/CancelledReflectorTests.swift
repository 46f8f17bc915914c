import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct CancelledReflectorTests {
    /// Cancelling a reflector ends its transfer: the server sees it go at once, beside other streams and alone.
    @Test(arguments: [(ScriptedServer.Wire.http2, true), (.http2, false), (.http1, false)])
    func serverSeesTheEnd(_ wire: ScriptedServer.Wire, hasNeighbour: Bool) async throws {
        let ended = Signal()
        let server = try await PodServer.start(wire) { _, request, reply in
            try await reply.head()
            try await reply.write(Item.event("ADDED", "a", 2))
            await reply.untilClosed()
            if request.path.hasSuffix("/pods") { ended.fire() }
        }
        let transport = server.transport()
        let neighbour = hasNeighbour ? try await transport.open(HTTPRequest(.get, "/other", query: [("watch", "true")])) : nil
        try await reflecting(transport) { seen in await seen.wait(count: 3) }
        await ended.wait()
        #expect(try await transport.send(HTTPRequest(.get, "/")).status == 200)
        if let neighbour {
            #expect(try await neighbour.chunks.makeAsyncIterator().next() != nil)
            #expect(server.connectionCount == 1)
        }
    }

    /// Without a network too: a reflector that waits for its backoff ends with its task.
    @Test func endsWithinBackoff() async throws {
        let time = ManualTime(skipping: .zero)
        try await reflecting(ScriptedTransport(500, ""), time: time) { _ in await time.sleeps.wait(count: 1) }
    }
}
