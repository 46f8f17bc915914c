import MutualTLSPeers
import PKI
import Testing

/// A load sees every handshake that fails, and none where certificates are renewed one node after the other.
@Suite struct LoadTests {
    private func run(
        _ nodes: Nodes, _ change: (HandshakeLoad) async throws -> Void
    ) async throws -> HandshakeLoad {
        let load = HandshakeLoad(nodes.all)
        let running = Task { await load.run() }
        try await Self.await(load, rounds: 2)
        try await change(load)
        try await Self.await(load, rounds: load.rounds + 2)
        running.cancel()
        await running.value
        await nodes.stop()
        return load
    }

    private static func await(_ load: HandshakeLoad, rounds: Int) async throws {
        while load.rounds < rounds { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test(.timeLimit(.minutes(1))) func renewalsFailNothing() async throws {
        var authority = try Authority()
        let nodes = try Nodes()
        for host in ["a", "b", "c"] { _ = try await nodes.add(host, authority.files(host)) }
        let load = try await run(nodes) { load in
            for _ in 0..<3 {
                authority = try Authority(key: authority.key)
                for (mount, node) in zip(nodes.mounts, nodes.all) {
                    try mount.publish(authority.files(node.host))
                    try await Self.await(load, rounds: load.rounds + 1)
                }
            }
        }
        #expect(load.failures == [])
        #expect(load.window == nil)
        #expect(load.handshakes > 60)
        #expect(nodes.all.allSatisfy { $0.reloads == 4 })
    }

    @Test(.timeLimit(.minutes(1))) func anotherKeyBreaksThemUntilAllHaveIt() async throws {
        let (old, new) = (try Authority(), try Authority())
        let nodes = try Nodes()
        for host in ["a", "b", "c"] { _ = try await nodes.add(host, old.files(host)) }
        var settled = 0
        let load = try await run(nodes) { load in
            for (mount, node) in zip(nodes.mounts, nodes.all) {
                try mount.publish(new.files(node.host))
                try await Self.await(load, rounds: load.rounds + 2)
            }
            settled = load.failures.count
        }
        #expect(!load.failures.isEmpty)
        #expect(load.failures.count == settled)
        #expect((load.window ?? .zero) > .zero)
    }
}
