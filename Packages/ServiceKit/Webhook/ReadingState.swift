import KubernetesClient
import KubernetesModel
import Logging
import Synchronization

/// Hears what the reflectors hear: which kinds may not be read, and that something is new.
final class ReadingState: ReflectorObserver {
    private let base: (any ReflectorObserver)?
    private let logger: Logger
    private let denied = Mutex<Set<ResourceType>>([])
    /// At most one is waiting, however much is new.
    let changes: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init(base: (any ReflectorObserver)?, logger: Logger) {
        self.base = base
        self.logger = logger
        (changes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func wake() { continuation.yield() }

    func isDenied(_ resource: ResourceType) -> Bool { denied.withLock { $0.contains(resource) } }

    func listed(_ resource: ResourceType, items: Int, duration: Duration) {
        base?.listed(resource, items: items, duration: duration)
        _ = denied.withLock { $0.remove(resource) }
    }

    func listFailed(_ resource: ResourceType, _ error: APIError) {
        base?.listFailed(resource, error)
        guard error.code == .forbidden || error.code == .notFound, denied.withLock({ $0.insert(resource).inserted }) else { return }
        logger.warning(
            "Webhook objects cannot be read, the certificate is not checked against them",
            metadata: ["resource": .stringConvertible(resource), "error": .string("\(error)")])
        wake()
    }

    func watchStarted(_ resource: ResourceType) { base?.watchStarted(resource) }

    func watchEnded(_ resource: ResourceType, _ reason: WatchEndReason) { base?.watchEnded(resource, reason) }

    /// Also when a list was empty, which changes no cache.
    func refreshed(_ resource: ResourceType) {
        base?.refreshed(resource)
        wake()
    }
}
