import Synchronization

@testable import KubernetesClient

/// Time that passes when a test says so. Short sleeps pass at once, and are recorded; long ones wait for `advance`.
final class ManualTime: Sendable {
    private struct State {
        var now: Duration = .zero
        var sleepers: [Int: (until: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var next = 0
    }

    private let state = Mutex(State())
    private let skipped: Duration
    /// Every sleep that was asked for.
    let sleeps = Recorder<Duration>()

    /// - Parameter skipped: sleeps up to this long pass at once.
    init(skipping skipped: Duration = .seconds(60)) {
        self.skipped = skipped
    }

    var source: TimeSource {
        TimeSource(now: { self.state.withLock { $0.now } }, sleep: { try await self.sleep($0) }, random: { 0 })
    }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += duration
            let now = state.now
            let due = state.sleepers.filter { $0.value.until <= now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    private func sleep(_ duration: Duration) async throws {
        try Task.checkCancellation()
        if duration <= skipped {
            advance(by: duration)
            sleeps.record(duration)
            // Without a network in between a loop would never let go of its thread.
            return await Task.yield()
        }
        let id = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { $0.sleepers[id] = ($0.now + duration, continuation) }
                sleeps.record(duration)
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: Int) {
        state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume(throwing: CancellationError())
    }
}
