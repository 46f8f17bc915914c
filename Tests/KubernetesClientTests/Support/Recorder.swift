import Synchronization

/// Collects values from concurrent code; a test waits for them instead of sleeping.
final class Recorder<Value: Sendable>: Sendable {
    private struct State {
        var values: [Value] = []
        var waiters: [(isMet: @Sendable ([Value]) -> Bool, continuation: CheckedContinuation<[Value], Never>)] = []
    }

    private let state = Mutex(State())

    var values: [Value] { state.withLock { $0.values } }

    func record(_ value: Value) {
        let (values, met) = state.withLock { state in
            state.values.append(value)
            let values = state.values
            let met = state.waiters.filter { $0.isMet(values) }
            state.waiters.removeAll { $0.isMet(values) }
            return (values, met.map(\.continuation))
        }
        for continuation in met { continuation.resume(returning: values) }
    }

    /// All values once they meet the condition. The suite's time limit ends a wait in vain.
    @discardableResult
    func wait(until isMet: @escaping @Sendable ([Value]) -> Bool) async -> [Value] {
        await withCheckedContinuation { continuation in
            let values = state.withLock { state -> [Value]? in
                if isMet(state.values) { return state.values }
                state.waiters.append((isMet, continuation))
                return nil
            }
            if let values { continuation.resume(returning: values) }
        }
    }

    @discardableResult
    func wait(count: Int) async -> [Value] { await wait { $0.count >= count } }
}

/// Something that happens once.
final class Signal: Sendable {
    private let recorder = Recorder<Void>()
    func fire() { recorder.record(()) }
    func wait() async { await recorder.wait(count: 1) }
}
