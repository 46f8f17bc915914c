public import JSON
public import KubernetesModel

/// Keeps a consumer informed of all objects of a kind: list, then watch, for ever.
///
/// `Object` is scanned straight from the bytes. Its `init(scanning:)` should take whatever is JSON and keep a finding about its
/// content as a value: an object that throws makes the whole list fail, again and again.
public struct Reflector<Object: JSONScannable & Sendable>: Sendable {
    private let client: KubernetesClient
    private let resource: ResourceType
    private let namespace: String?
    private let selector: Selector
    private let configuration: ReflectorConfiguration
    private let observer: (any ReflectorObserver)?

    public typealias Sink = @Sendable (ReflectorEvent<Object>) async -> Void

    /// - Parameter namespace: nil for all.
    public init(
        client: KubernetesClient, resource: ResourceType, namespace: String? = nil, selector: Selector = .all,
        configuration: ReflectorConfiguration = ReflectorConfiguration(), observer: (any ReflectorObserver)? = nil
    ) {
        // The state machine spaces attempts itself and tells the consumer of every trouble.
        var client = client
        client.retry = .never
        self.client = client
        self.resource = resource
        self.namespace = namespace
        self.selector = selector
        self.configuration = configuration
        self.observer = observer
    }

    /// Runs until the task is cancelled. The next event comes when `sink` has taken the last one.
    /// - Throws: `CancellationError` only.
    public func run(_ sink: @escaping Sink) async throws {
        let time = client.time
        var state = ReflectorState(configuration)
        var action = state.start(random: time.random())
        while true {
            try Task.checkCancellation()
            let input: ReflectorState.Input
            switch action {
            case .list(let token, let limit): input = await list(token, limit, sink)
            case .watch(let version, let timeout): input = await watch(&state, version, timeout, sink)
            case .wait(let delay, let trouble):
                try Task.checkCancellation()
                if let trouble { await sink(.trouble(trouble, retryIn: delay)) }
                try await time.sleep(delay)
                input = .waited
            }
            try Task.checkCancellation()
            action = state.handle(input, random: time.random())
        }
    }

    private func list(_ token: String?, _ limit: Int?, _ sink: Sink) async -> ReflectorState.Input {
        let start = client.time.now()
        do {
            let page = try await client.listPage(
                Object.self, resource, namespace: namespace, selector: selector, limit: limit, continueToken: token)
            if token == nil { await sink(.initialStart) }
            for object in page.items { await sink(.initial(object)) }
            observer?.listed(resource, items: page.items.count, duration: client.time.now() - start)
            if page.continueToken == nil {
                await sink(.initialDone(resourceVersion: page.resourceVersion))
                observer?.refreshed(resource)
            }
            return .page(resourceVersion: page.resourceVersion, continueToken: page.continueToken)
        } catch {
            observer?.listFailed(resource, error)
            return .listFailed(error)
        }
    }

    private func watch(
        _ state: inout ReflectorState, _ version: String, _ timeout: Duration, _ sink: @escaping Sink
    ) async -> ReflectorState.Input {
        let start = client.time.now()
        observer?.watchStarted(resource)
        let watch = WatchSession<Object>(
            client: client, resource: resource, namespace: namespace, selector: selector, configuration: configuration,
            observer: observer)
        let end = await watch.run(&state, version, timeout, sink)
        observer?.watchEnded(resource, end.reason)
        return .watchEnded(end, lived: client.time.now() - start)
    }
}

extension ReflectorState.WatchEnd {
    var reason: WatchEndReason {
        switch self {
        case .closed: .closed
        case .failed(let error) where error.code == .expired: .expired
        case .errorEvent(let error) where error.code == .expired: .expired
        case .failed: .failed
        case .errorEvent: .errorEvent
        case .malformed: .malformed
        case .stalled: .stalled
        }
    }
}
