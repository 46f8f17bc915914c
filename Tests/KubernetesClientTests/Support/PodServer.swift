import Synchronization

@testable import KubernetesClient

/// A server of pods whose lists and watches are scripted by their number, from 0.
enum PodServer {
    typealias Answer = @Sendable (_ number: Int, ScriptedServer.Request, Reply) async throws -> Void

    static func start(
        _ wire: ScriptedServer.Wire = .http2,
        list: @escaping Answer = { number, _, reply in try await reply.respond(200, Item.list(number * 100 + 1)) },
        watch: @escaping Answer
    ) async throws -> ScriptedServer {
        let lists = Mutex(0)
        let watches = Mutex(0)
        @Sendable func next(_ counter: borrowing Mutex<Int>) -> Int {
            counter.withLock { count in
                defer { count += 1 }
                return count
            }
        }
        return try await ScriptedServer.start(wire) { request, reply in
            let isWatch = request.query("watch") != nil
            let number = isWatch ? next(watches) : next(lists)
            try await (isWatch ? watch : list)(number, request, reply)
        }
    }
}

extension ScriptedServer {
    /// The resource versions that watches asked for, in order.
    var watchedVersions: [String] { Self.watchedVersions(requests.values) }
    var listCount: Int { requests.values.count { $0.query("watch") == nil } }

    /// The same, once there are that many.
    @discardableResult
    func watchedVersions(count: Int) async -> [String] {
        Self.watchedVersions(await requests.wait { Self.watchedVersions($0).count >= count })
    }

    private static func watchedVersions(_ requests: [Request]) -> [String] {
        requests.filter { $0.query("watch") != nil }.compactMap { $0.query("resourceVersion") }
    }
}
