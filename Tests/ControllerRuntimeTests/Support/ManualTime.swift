import KubernetesClient
import KubernetesModel
import Synchronization

/// Time that passes when a test says so, monotonic and of the wall together.
final class ManualTime: Sendable {
    private struct State {
        var now: Duration = .seconds(1000)
        var sleepers: [Int: (until: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var next = 0
    }

    private let state = Mutex(State())
    private let chance: @Sendable () -> Double

    init(random chance: @escaping @Sendable () -> Double = { 0.5 }) {
        self.chance = chance
    }

    var now: Duration { state.withLock { $0.now } }
    var wall: Timestamp { Timestamp(unixSeconds: 1_800_000_000) + now }
    /// When somebody wants to be woken, in order.
    var deadlines: [Duration] { state.withLock { $0.sleepers.values.map(\.until).sorted() } }

    var source: TimeSource {
        TimeSource(now: { self.now }, sleep: { try await self.sleep($0) }, random: chance)
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
        guard duration > .zero else { return await Task.yield() }
        let id = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { $0.sleepers[id] = ($0.now + duration, continuation) }
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
