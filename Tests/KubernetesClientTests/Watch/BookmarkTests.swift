import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct BookmarkTests {
    /// A bookmark moves the version that the next watch goes on from, without an event for an object.
    @Test func bookmarkAdvancesTheVersion() async throws {
        let server = try await PodServer.start { number, _, reply in
            try await reply.head()
            guard number == 0 else { return await reply.untilClosed() }
            try await reply.write(Item.event("ADDED", "a", 5) + Item.bookmark(90))
            try await reply.end()
        }
        try await reflecting(server.transport()) { seen in
            await seen.wait(count: 4)
            #expect(seen.values == [.start, .done("1"), .applied("a", ""), .bookmark("90")])
            #expect(await server.watchedVersions(count: 2) == ["1", "90"])
            #expect(server.requests.values.last?.query("allowWatchBookmarks") == "true")
        }
    }
}
