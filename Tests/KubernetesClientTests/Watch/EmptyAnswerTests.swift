import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct EmptyAnswerTests {
    /// A server that ends every watch at once, without an event, is asked ever less often.
    @Test func emptyAnswersAreSpaced() async throws {
        let time = ManualTime()
        let server = try await PodServer.start { _, _, reply in try await reply.respond(200) }
        try await reflecting(server.transport(), time: time) { _ in
            let waits = await time.sleeps.wait { $0.count { $0 <= .seconds(60) } >= 8 }.filter { $0 <= .seconds(60) }
            #expect(Array(waits.prefix(8)) == [800, 1600, 3200, 6400, 12800, 25600, 30000, 30000].map { .milliseconds($0) })
        }
    }

    /// An event ends the row of failures; the next watch still waits its turn.
    @Test func anEventEndsTheRow() async throws {
        let time = ManualTime()
        let server = try await PodServer.start { number, _, reply in
            try await reply.respond(200, number == 3 ? Item.event("ADDED", "a", 9) : "")
        }
        try await reflecting(server.transport(), time: time) { _ in
            let waits = await time.sleeps.wait { $0.count { $0 <= .seconds(60) } >= 5 }.filter { $0 <= .seconds(60) }
            #expect(Array(waits.prefix(5)) == [800, 1600, 3200, 800, 1600].map { .milliseconds($0) })
        }
    }
}
