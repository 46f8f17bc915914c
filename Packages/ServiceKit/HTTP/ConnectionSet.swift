import NIOCore
import Synchronization

/// The open connections of one server.
final class ConnectionSet: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var draining = false
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { state.withLock { $0.channels.count } }

    /// - Throws: when there are too many already, which closes the new one.
    func insert(_ channel: any Channel) throws {
        let id = ObjectIdentifier(channel)
        try state.withLock { state in
            guard state.channels.count < limit, !state.draining else { throw ChannelError.inputClosed }
            state.channels[id] = channel
        }
        channel.closeFuture.whenComplete { _ in self.state.withLock { $0.channels[id] = nil } }
    }

    /// Idle connections end at once, busy ones after their response, all of them after the timeout.
    func drain(within timeout: Duration) async {
        let channels = state.withLock { state in
            state.draining = true
            return Array(state.channels.values)
        }
        guard let loop = channels.first?.eventLoop else { return }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        let deadline = loop.scheduleTask(in: TimeAmount(timeout)) {
            for channel in channels { channel.close(promise: nil) }
        }
        for channel in channels { try? await channel.closeFuture.get() }
        deadline.cancel()
    }
}
