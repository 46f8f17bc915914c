import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct SplitObjectTests {
    /// An object that comes in many pieces, cut anywhere, is one event.
    @Test func objectSplitOverManyChunks() async throws {
        let value = String(repeating: "spiced ü ", count: 2000)
        let server = try await ScriptedServer.start { request, reply in
            guard request.query("watch") != nil else { return try await reply.respond(200, Item.list(1)) }
            try await reply.head()
            var line = Array(Item.event("ADDED", "a", 2, value).utf8)[...]
            while !line.isEmpty {
                try await reply.write(Array(line.prefix(97)))
                line = line.dropFirst(97)
            }
            await reply.untilClosed()
        }
        try await reflecting(server.transport()) { seen in
            let events = await seen.wait(count: 3)
            #expect(events == [.start, .done("1"), .applied("a", value)])
        }
    }
}
