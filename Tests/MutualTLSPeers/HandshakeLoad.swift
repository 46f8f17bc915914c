import Synchronization

/// Handshakes between all nodes of a cluster, in both directions, without a pause.
public final class HandshakeLoad: Sendable {
    /// One that failed.
    public struct Failure: Sendable, Hashable {
        public var client: String
        public var server: String
        /// Since the load began.
        public var at: Duration
        public var reason: HandshakeFailure
    }

    private struct State {
        var made = 0
        var rounds = 0
        var failures: [Failure] = []
    }

    private let nodes: [ClusterNode]
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    public init(_ nodes: [ClusterNode]) {
        self.nodes = nodes
    }

    public var handshakes: Int { state.withLock { $0.made } }
    /// How often all pairs have been tried.
    public var rounds: Int { state.withLock { $0.rounds } }
    public var failures: [Failure] { state.withLock { $0.failures } }

    /// From the first failure to the last; nil where all succeeded.
    public var window: Duration? {
        let times = failures.map(\.at)
        guard let first = times.min(), let last = times.max() else { return nil }
        return last - first
    }

    /// Goes on until the task is cancelled. A handshake that has begun is finished, and counts.
    public func run() async {
        while !Task.isCancelled {
            for client in nodes {
                for server in nodes where server !== client && !Task.isCancelled { await shake(client, server) }
            }
            state.withLock { $0.rounds += 1 }
        }
    }

    private func shake(_ client: ClusterNode, _ server: ClusterNode) async {
        // the load's own end is no failure of a handshake
        let outcome = await Task { () -> HandshakeFailure? in
            do throws(HandshakeFailure) {
                try await client.call(server)
                return nil
            } catch {
                return error
            }
        }.value
        state.withLock { state in
            state.made += 1
            guard let outcome else { return }
            state.failures.append(
                Failure(client: client.host, server: server.host, at: ContinuousClock.now - start, reason: outcome))
        }
    }
}
