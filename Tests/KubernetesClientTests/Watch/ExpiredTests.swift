import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct ExpiredTests {
    private func listAnew(_ firstWatch: @escaping @Sendable (Reply) async throws -> Void) async throws {
        let server = try await PodServer.start { number, _, reply in
            try await reply.respond(200, number == 0 ? Item.list(1, [Item.json("a", 1)]) : Item.list(50, [Item.json("b", 40)]))
        } watch: { number, _, reply in
            if number == 0 { return try await firstWatch(reply) }
            try await reply.head()
            await reply.untilClosed()
        }
        try await reflecting(server.transport()) { seen in
            await seen.wait(count: 6)
            #expect(seen.values == [.start, .initial("a"), .done("1"), .start, .initial("b"), .done("50")])
            #expect(await server.watchedVersions(count: 2) == ["1", "50"])
        }
    }

    /// An ERROR event with 410 leads to a list that replaces everything, and is no trouble.
    @Test func errorEvent() async throws {
        try await listAnew { reply in
            try await reply.head()
            try await reply.write(Item.error(410, "Expired"))
            try await reply.end()
        }
    }

    /// So does the status 410.
    @Test func httpStatus() async throws {
        try await listAnew { reply in try await reply.respond(410, Item.status(410, "Gone", "too old resource version")) }
    }

    /// A list that expires between its pages begins anew, and what came before is dropped by a second start.
    @Test func continueToken() async throws {
        let server = try await PodServer.start { number, request, reply in
            switch number {
            case 0: try await reply.respond(200, Item.list(1, [Item.json("a", 1)], continue: "next"))
            case 1: try await reply.respond(410, Item.status(410, "Expired"))
            case 2: try await reply.respond(200, Item.list(2, [Item.json("b", 1)], continue: "more"))
            default: try await reply.respond(200, Item.list(2, [Item.json("c", 1)]))
            }
        } watch: { _, _, reply in
            try await reply.head()
            await reply.untilClosed()
        }
        try await reflecting(server.transport()) { seen in
            await seen.wait(count: 6)
            #expect(seen.values == [.start, .initial("a"), .start, .initial("b"), .initial("c"), .done("2")])
            let lists = server.requests.values.filter { $0.query("watch") == nil }
            #expect(lists.map { $0.query("continue") } == [nil, "next", nil, "more"])
            #expect(lists.allSatisfy { $0.query("limit") == "500" && $0.query("resourceVersion") == nil })
        }
    }
}
