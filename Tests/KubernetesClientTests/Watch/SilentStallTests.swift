import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct SilentStallTests {
    /// A watch on which nothing comes for longer than the server was asked to keep it is given up together with its connection.
    @Test func silenceEndsTheWatchAndItsConnection() async throws {
        let time = ManualTime()
        let server = try await PodServer.start { number, _, reply in
            try await reply.head()
            if number > 0 { try await reply.write(Item.event("ADDED", "a", 2)) }
            await reply.untilClosed()
        }
        var configuration = server.configuration()
        configuration.stallWindow = .zero
        try await reflecting(CurlTransport(configuration), time: time) { seen in
            await server.watchedVersions(count: 1)
            await time.sleeps.wait { $0.contains { $0 > .seconds(60) } }
            time.advance(by: .seconds(200))
            #expect(server.watchedVersions == ["1"])
            await passTime(time, by: .seconds(431), until: .applied("a", ""), in: seen)
            #expect(server.watchedVersions.prefix(2) == ["1", "1"])
            #expect(server.connectionCount >= 2)
            #expect(!seen.values.contains { if case .trouble = $0 { true } else { false } })
        }
    }

    /// Once bookmarks come, three minutes of silence are enough.
    @Test func bookmarksShortenTheWait() async throws {
        let time = ManualTime()
        let server = try await PodServer.start { number, _, reply in
            try await reply.head()
            try await reply.write(number == 0 ? Item.bookmark(4) : Item.event("ADDED", "a", 5))
            await reply.untilClosed()
        }
        try await reflecting(server.transport(), time: time) { seen in
            await seen.wait(count: 3)
            await passTime(time, by: .seconds(181), until: .applied("a", ""), in: seen)
            #expect(server.watchedVersions.prefix(2) == ["1", "4"])
        }
    }

    /// A consumer that takes its time is not taken for a silent server.
    @Test func slowConsumerIsNoStall() async throws {
        let time = ManualTime()
        let (entered, leave) = (Signal(), Signal())
        let server = try await PodServer.start { number, _, reply in
            try await reply.head()
            try await reply.write(Item.event("ADDED", "a", 2))
            await leave.wait()
            try await reply.write(Item.event("ADDED", "b", 3))
            await reply.untilClosed()
        }
        try await reflecting(server.transport(), time: time) { seen in
            guard case .applied("a", _) = seen else { return }
            entered.fire()
            await leave.wait()
        } _: { seen in
            await entered.wait()
            for sleeps in 1...5 {
                await time.sleeps.wait { $0.count { $0 > .seconds(60) } >= sleeps }
                time.advance(by: .seconds(3600))
            }
            leave.fire()
            await seen.wait { $0.contains(.applied("b", "")) }
            #expect(server.watchedVersions == ["1"])
        }
    }

    /// Lets time pass whenever the watchdog sleeps: how often depends on when the stream began to wait.
    private func passTime(_ time: ManualTime, by step: Duration, until event: Seen, in seen: Recorder<Seen>) async {
        var looks = 0
        while !seen.values.contains(event) {
            looks += 1
            await time.sleeps.wait { [looks] in $0.count { $0 > .seconds(60) } >= looks }
            time.advance(by: step)
        }
    }
}
