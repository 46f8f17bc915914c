public import KubernetesClient
public import KubernetesModel
public import Logging
import Synchronization

/// Runs a reconcile function over the keys of a queue: never twice at a time for a key, at most `concurrency` at once, and
/// only keys of the slices that this replica holds.
public final class Controller: Sendable {
    public typealias Reconcile = @Sendable (ObjectKey) async throws -> Duration?

    public let name: String
    public let queue: WorkQueue<ObjectKey>
    private let concurrency: Int
    private let ownership: SliceOwnership
    private let logger: Logger
    private let time: TimeSource
    private let metrics: ControllerMetrics
    private let drainTimeout: Duration
    private let running = Mutex<[ObjectKey: Task<Void, Never>]>([:])
    private let drainLimit = Mutex<Task<Void, Never>?>(nil)

    /// - Parameter drainTimeout: how long reconciles under way may take once the controller is to stop; then they are cancelled.
    public init(
        name: String, concurrency: Int, ownership: SliceOwnership, logger: Logger, time: TimeSource = .system,
        drainTimeout: Duration = .seconds(10)
    ) {
        self.drainTimeout = drainTimeout
        self.name = name
        self.concurrency = concurrency
        self.ownership = ownership
        self.logger = logger
        self.time = time
        queue = WorkQueue(name: name, time: time)
        metrics = ControllerMetrics(controller: name)
    }

    /// Works until the task is cancelled: then reconciles under way are finished and no new ones begun.
    /// - Parameter reconcile: returns when to look again, nil for only when something changes. Throw a `ReconcileError` to say
    ///   what to do; any other error is transient.
    public func run(_ reconcile: @escaping Reconcile) async {
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.queue.runTimer() }
                for _ in 0..<concurrency {
                    group.addTask { await self.work(reconcile) }
                }
                await group.waitForAll()
            }
        } onCancel: {
            queue.shutDown()
            drainLimit.withLock { $0 = Task { await self.limitDrain() } }
        }
        drainLimit.withLock { $0 }?.cancel()
    }

    private func limitDrain() async {
        guard (try? await time.sleep(drainTimeout)) != nil else { return }
        let late = running.withLock { $0 }
        logger.warning("reconciles are cut off", metadata: ["controller": "\(name)", "objects": "\(late.keys.sorted())"])
        for task in late.values { task.cancel() }
    }

    private func work(_ reconcile: @escaping Reconcile) async {
        while let key = await queue.next() {
            if ownership.owns(key) { await self.process(key, reconcile) }
            queue.done(key)
        }
    }

    /// In a task of its own, which the loss of the slice cancels and the shutdown does not: a reconcile is finished first.
    private func process(_ key: ObjectKey, _ reconcile: @escaping Reconcile) async {
        let task = Task { await self.attempt(key, reconcile) }
        running.withLock { $0[key] = task }
        if !ownership.owns(key) { task.cancel() }
        await task.value
        running.withLock { $0[key] = nil }
    }

    /// Cancels what is under way for keys that this replica no longer owns, and returns when it has ended.
    public func abandonLost() async {
        let lost = running.withLock { $0.filter { !ownership.owns($0.key) }.map(\.value) }
        for task in lost { task.cancel() }
        for task in lost { await task.value }
    }

    private func attempt(_ key: ObjectKey, _ reconcile: Reconcile) async {
        let start = time.now()
        let outcome: ReconcileError
        do {
            let delay = try await reconcile(key)
            metrics.record("success", nil, time.now() - start)
            queue.forget(key)
            if let delay { queue.add(key, after: delay) }
            return
        } catch let error as ReconcileError {
            outcome = error
        } catch {
            // whoever takes the slice over begins anew
            guard !Task.isCancelled else { return }
            outcome = .transient(error)
        }
        metrics.record(outcome.result, outcome.code, time.now() - start)
        let fields: Logger.Metadata = ["controller": "\(name)", "object": "\(key)", "error": "\(outcome)"]
        switch outcome {
        case .stalled:
            logger.warning("reconcile is stalled", metadata: fields)
            queue.forget(key)
        case .waiting(let delay, _):
            logger.debug("reconcile waits", metadata: fields)
            queue.forget(key)
            queue.add(key, after: delay)
        case .transient:
            logger.warning("reconcile failed, retrying", metadata: fields)
            queue.retry(key)
        }
    }
}
