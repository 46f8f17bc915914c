import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct TroubleTests {
    private static let short: @Sendable (Duration) -> Bool = { $0 <= .seconds(60) }

    /// A server that is too busy is left alone for as long as it asks, on lists and on watches.
    @Test func retryAfter() async throws {
        let time = ManualTime()
        let server = try await PodServer.start { number, _, reply in
            if number > 0 { return try await reply.respond(200, Item.list(1)) }
            try await reply.respond(429, Item.status(429, "TooManyRequests"), headers: [("Retry-After", "17")])
        } watch: { number, _, reply in
            if number > 0 {
                try await reply.head()
                return await reply.untilClosed()
            }
            try await reply.respond(429, Item.status(429, "TooManyRequests", extra: #","details":{"retryAfterSeconds":23}"#))
        }
        try await reflecting(server.transport(), time: time) { seen in
            await seen.wait(count: 4)
            await server.watchedVersions(count: 2)
            #expect(seen.values == [.trouble(.tooManyRequests), .start, .done("1"), .trouble(.tooManyRequests)])
            #expect(time.sleeps.values.filter(Self.short) == [.seconds(17), .seconds(23)])
        }
    }

    /// Who is not allowed to list says so and asks seldom.
    @Test(arguments: [(401, "Unauthorized", APIError.Code.unauthorized), (403, "Forbidden", .forbidden)])
    func denied(_ status: Int, _ reason: String, _ code: APIError.Code) async throws {
        let time = ManualTime()
        let transport = ScriptedTransport(status, Item.status(status, reason))
        try await reflecting(transport, time: time) { seen in
            await seen.wait(count: 3)
            #expect(seen.values.allSatisfy { $0 == .trouble(code) })
            #expect(Array(time.sleeps.values.prefix(2)) == [.seconds(15), .seconds(30)])
        }
    }

    /// A line that is no event leads to a list, after a wait; what was whole before it has been delivered.
    @Test func malformedLine() async throws {
        let time = ManualTime()
        let server = try await PodServer.start { number, _, reply in
            try await reply.head()
            if number == 0 {
                try await reply.write(Item.event("ADDED", "a", 2) + "{\"type\": nonsense}\n" + Item.event("ADDED", "b", 3))
            }
            await reply.untilClosed()
        }
        try await reflecting(server.transport(), time: time) { seen in
            await seen.wait(count: 6)
            #expect(seen.values == [.start, .done("1"), .applied("a", ""), .trouble(.decoding), .start, .done("101")])
            #expect(time.sleeps.values.contains(.milliseconds(800)))
        }
    }

    /// An ERROR event other than 410 goes on from the same version once; when it comes again the version is given up.
    @Test func errorEvents() async throws {
        let server = try await PodServer.start { number, _, reply in
            try await reply.head()
            if number < 2 {
                try await reply.write(Item.error(500, "InternalError"))
                return try await reply.end()
            }
            await reply.untilClosed()
        }
        try await reflecting(server.transport()) { seen in
            await seen.wait(count: 6)
            #expect(
                seen.values == [.start, .done("1"), .trouble(.internalError), .trouble(.internalError), .start, .done("101")])
            #expect(server.watchedVersions.prefix(2) == ["1", "1"])
        }
    }
}
