import Synchronization

/// A sleep that others can cut short, also before it begins.
///
/// No race of a timer against an AsyncStream: cancelling the task that waits for a stream ends the stream for good.
final class WakeTimer: Sendable {
    private struct State {
        var isAwake = false
        var sleeper: Task<Void, Never>?
    }

    private let state = Mutex(State())

    func wake() {
        let sleeper = state.withLock { state in
            state.isAwake = true
            return state.sleeper
        }
        sleeper?.cancel()
    }

    /// - Parameter delay: nil sleeps until woken.
    func sleep(_ delay: Duration?) async {
        let sleeper = state.withLock { state -> Task<Void, Never>? in
            guard !state.isAwake else { return nil }
            let sleeper = Task { _ = try? await Task.sleep(for: delay ?? .seconds(3600)) }
            state.sleeper = sleeper
            return sleeper
        }
        if let sleeper {
            await withTaskCancellationHandler {
                await sleeper.value
            } onCancel: {
                sleeper.cancel()
            }
        }
        state.withLock { state in
            state.isAwake = false
            state.sleeper = nil
        }
    }
}
