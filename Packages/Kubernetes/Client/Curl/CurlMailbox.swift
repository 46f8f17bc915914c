import CCurl
import Synchronization

/// What other threads want of the loop. Posting never blocks.
final class CurlMailbox: Sendable {
    enum Command: Sendable {
        case start(any Exchange, Credential)
        /// Nobody waits for it any more.
        case cancel(ObjectIdentifier)
        /// There is room for more of its body.
        case resume(ObjectIdentifier)
        /// Its connection no longer answers.
        case stalled(ObjectIdentifier)
    }

    /// The only pointer that crosses threads. `curl_multi_wakeup` may be called from any thread while the handle lives, which
    /// the mailbox's lock guarantees; everything else is called by the loop's thread alone.
    struct Multi: @unchecked Sendable {
        let handle: UnsafeMutableRawPointer
    }

    private struct State {
        var commands: [Command] = []
        var multi: Multi?
        var isStopping = false
    }

    private let state: Mutex<State>

    init(_ multi: Multi?) {
        state = Mutex(State(multi: multi))
    }

    /// A start that comes too late is refused, so that nobody waits for ever.
    func post(_ command: Command) {
        let accepted = state.withLock { state in
            guard let multi = state.multi, !state.isStopping else { return false }
            state.commands.append(command)
            // One wakeup serves all commands that wait already.
            if state.commands.count == 1 { curl_multi_wakeup(multi.handle) }
            return true
        }
        if !accepted, case .start(let exchange, _) = command { exchange.finish(.transportClosed) }
    }

    func stop() {
        state.withLock { state in
            state.isStopping = true
            if let multi = state.multi { curl_multi_wakeup(multi.handle) }
        }
    }

    /// The commands since the last call; nil when the loop is to end.
    func take() -> [Command]? {
        state.withLock { state in
            guard !state.isStopping else { return nil }
            defer { state.commands.removeAll(keepingCapacity: state.commands.count < 64) }
            return state.commands
        }
    }

    /// The loop has ended: the handle is about to go. Returns what was never taken.
    func close() -> [Command] {
        state.withLock { state in
            state.isStopping = true
            state.multi = nil
            defer { state.commands = [] }
            return state.commands
        }
    }
}

extension TransportError {
    static let transportClosed = TransportError(.closed, "the transport was closed", mayHaveReachedServer: true)
}
