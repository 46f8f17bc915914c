public import KubernetesModel

/// What a reflector tells its consumer, in order.
///
/// Everything between `initialStart` and `initialDone` replaces what was known before, as one atomic swap; another
/// `initialStart` in between drops what came since the first.
public enum ReflectorEvent<Object: Sendable>: Sendable {
    case initialStart
    case initial(Object)
    case initialDone(resourceVersion: String)
    case applied(Object)
    case deleted(Object)
    /// The state is known up to here though no object changed.
    case bookmark(resourceVersion: String)
    /// Something is wrong; what is known stays and grows old. The next attempt follows after the delay.
    case trouble(APIError, retryIn: Duration)
}

/// Why a watch ended: a metric's label.
public enum WatchEndReason: String, Sendable, CaseIterable {
    /// By the server, as it does after the time asked for.
    case closed
    /// The connection broke or could not be made, or the server refused the watch.
    case failed
    /// The resource version is too old.
    case expired
    /// An ERROR event.
    case errorEvent = "error_event"
    /// A line that is no event.
    case malformed
    /// No byte for longer than the server stays silent.
    case stalled
}

/// Is told how a reflector fares, on its task: it must return at once.
public protocol ReflectorObserver: Sendable {
    func listed(_ resource: ResourceType, items: Int, duration: Duration)
    func listFailed(_ resource: ResourceType, _ error: APIError)
    func watchStarted(_ resource: ResourceType)
    func watchEnded(_ resource: ResourceType, _ reason: WatchEndReason)
    /// A list's end, an event or a bookmark: what is known is fresh now.
    func refreshed(_ resource: ResourceType)
}

extension ReflectorObserver {
    public func listed(_ resource: ResourceType, items: Int, duration: Duration) {}
    public func listFailed(_ resource: ResourceType, _ error: APIError) {}
    public func watchStarted(_ resource: ResourceType) {}
    public func watchEnded(_ resource: ResourceType, _ reason: WatchEndReason) {}
    public func refreshed(_ resource: ResourceType) {}
}
