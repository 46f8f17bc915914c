import Synchronization
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct LargeRelistTests {
    /// 60,000 objects come page by page, each exactly once, and are asked for anew as many times as the version expires.
    @Test func sixtyThousandObjects() async throws {
        let total = 60_000
        let filler = String(repeating: "x", count: 400)
        let server = try await PodServer.start { _, request, reply in
            let start = request.query("continue").flatMap { Int($0) } ?? 0
            let limit = request.query("limit").flatMap { Int($0) } ?? total
            let end = min(start + limit, total)
            let items = (start..<end).map { Item.json("pod-\($0)", $0 + 1, filler) }
            try await reply.respond(200, Item.list(total, items, continue: end < total ? "\(end)" : ""))
        } watch: { number, _, reply in
            if number == 0 { return try await reply.respond(410, Item.status(410, "Expired")) }
            try await reply.head()
            await reply.untilClosed()
        }
        struct Count {
            var names: Set<String> = []
            var swaps: [Int] = []
        }
        let count = Mutex(Count())
        let done = Recorder<Int>()
        try await reflecting(server.transport()) { seen in
            count.withLock { count in
                switch seen {
                case .start: count.names = []
                case .initial(let name): count.names.insert(name)
                case .done: done.record(count.names.count)
                default: break
                }
            }
        } _: { _ in
            await done.wait(count: 2)
            #expect(done.values == [total, total])
            #expect(server.listCount == 2 * total / KubernetesClient.pageLimit)
        }
    }
}
