import CoreMetrics
public import KubernetesClient
import Synchronization

/// The async shell of `WorkQueueState`: workers wait for keys, a timer releases the delayed ones.
public final class WorkQueue<Key: Hashable & Sendable>: Sendable {
    private struct State {
        var queue = WorkQueueState<Key>()
        var waiting: [CheckedContinuation<Key?, Never>] = []
        var isShutDown = false
        /// What the timer waits on, and until when.
        var sleeper: Task<Void, Never>?
        var sleepsUntil: Duration?
    }

    private let state = Mutex(State())
    private let time: TimeSource
    private let metrics: WorkQueueMetrics

    public init(name: String, time: TimeSource = .system) {
        self.time = time
        metrics = WorkQueueMetrics(name: name)
    }

    /// - Parameter isBulk: of an initial list; fresh events come first.
    public func add(_ key: Key, isBulk: Bool = false) {
        metrics.adds.increment()
        mutate { $0.add(key, now: $1, isBulk: isBulk) }
    }

    /// Of several delays of a key the earliest counts, until the key is handed out.
    public func add(_ key: Key, after delay: Duration) {
        guard delay > .zero else { return add(key) }
        metrics.adds.increment()
        mutate { $0.add(key, at: $1 + delay) }
    }

    /// After a failure: ever later, from 5 ms to 5 min.
    public func retry(_ key: Key) {
        metrics.retries.increment()
        let random = time.random()
        mutate { $0.retry(key, now: $1, random: random) }
    }

    /// The key succeeded: its next failure begins anew.
    public func forget(_ key: Key) { mutate { queue, _ in queue.forget(key) } }

    /// Gives back a key from `next`.
    public func done(_ key: Key) {
        mutate { [metrics] in metrics.worked($0.done(key, now: $1)) }
    }

    /// The next key, as soon as there is one; nil once the queue is shut down.
    public func next() async -> Key? {
        await withCheckedContinuation { continuation in
            // inner nil: there is none and will be none; outer nil: wait
            let immediate: Key?? = state.withLock { state in
                if state.isShutDown { return .some(nil) }
                if let key = take(&state) { return key }
                state.waiting.append(continuation)
                return nil
            }
            if let immediate { continuation.resume(returning: immediate) }
        }
    }

    /// Whether nothing waits and nothing is worked on; delayed keys do not count.
    var isIdle: Bool { state.withLock { $0.queue.isIdle } }

    /// No more keys are handed out; those waiting for one get nil.
    public func shutDown() {
        let waiting = state.withLock { state in
            state.isShutDown = true
            state.sleeper?.cancel()
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: nil) }
    }

    /// Releases delayed keys when they are due, until the queue is shut down.
    public func runTimer() async {
        while let sleeper = startSleeper() {
            await sleeper.value
            mutate { _, _ in }
        }
    }

    private func startSleeper() -> Task<Void, Never>? {
        state.withLock { state in
            guard !state.isShutDown else { return nil }
            let now = time.now()
            let deadline = state.queue.nextDeadline
            let delay = max((deadline ?? now + .seconds(3600)) - now, .zero)
            let sleeper = Task { [time] in _ = try? await time.sleep(delay) }
            (state.sleeper, state.sleepsUntil) = (sleeper, deadline)
            return sleeper
        }
    }

    /// Changes the queue and hands what is ready to those who wait.
    private func mutate(_ change: (inout WorkQueueState<Key>, Duration) -> Void) {
        let ready = state.withLock { state in
            let now = time.now()
            change(&state.queue, now)
            // also when no worker is free: a due key left among the delayed would keep the timer spinning
            state.queue.release(now)
            var ready: [(CheckedContinuation<Key?, Never>, Key)] = []
            while !state.waiting.isEmpty, let key = take(&state) { ready.append((state.waiting.removeFirst(), key)) }
            metrics.depth.record(state.queue.depth)
            if let deadline = state.queue.nextDeadline, state.sleepsUntil.map({ deadline < $0 }) ?? true { state.sleeper?.cancel() }
            return ready
        }
        for (continuation, key) in ready { continuation.resume(returning: key) }
    }

    private func take(_ state: inout State) -> Key? {
        guard let (key, waited) = state.queue.next(now: time.now()) else { return nil }
        metrics.waited(waited)
        metrics.depth.record(state.queue.depth)
        return key
    }
}
