public import JSON
public import KubernetesClient
public import KubernetesModel
import Synchronization

/// Where an informer looks: everywhere, in some namespaces, or in all but some.
public enum WatchScope: Sendable, Hashable {
    case all
    case only(Set<String>)
    case allExcept(Set<String>)

    /// One list and watch each; nil is the cluster as a whole.
    var targets: [String?] {
        switch self {
        case .all, .allExcept: [nil]
        case .only(let names): names.sorted()
        }
    }

    /// All served resources can be selected by `metadata.namespace`.
    var fieldSelector: String? {
        guard case .allExcept(let names) = self, !names.isEmpty else { return nil }
        return names.sorted().map { "metadata.namespace!=\($0)" }.joined(separator: ",")
    }
}

/// A cache of one resource, kept current by list and watch.
public final class Informer<Object: CachedObject>: Sendable {
    public let resource: ResourceType
    private let client: KubernetesClient
    private let scope: WatchScope
    let selector: Selector
    private let configuration: ReflectorConfiguration
    private let observer: (any ReflectorObserver)?
    private let toleratesDenial: Bool
    private let keep: @Sendable (Object) -> Bool
    private let store = Mutex(Store<Object>())
    private let handlers = Mutex<[Handler]>([])

    public typealias Handler = @Sendable (_ old: Object?, _ new: Object?) -> Void

    /// - Parameters:
    ///   - toleratesDenial: counts as synced, and empty, while reading is forbidden.
    ///   - keep: whether an object belongs into the cache, where no selector can say so.
    public init(
        client: KubernetesClient, resource: ResourceType, scope: WatchScope = .all, labels: String? = nil, fields: String? = nil,
        toleratesDenial: Bool = false, configuration: ReflectorConfiguration = ReflectorConfiguration(),
        observer: (any ReflectorObserver)? = nil, keep: @escaping @Sendable (Object) -> Bool = { _ in true }
    ) {
        self.client = client
        self.resource = resource
        self.scope = scope
        let fields = [fields, scope.fieldSelector].compactMap { $0 }.joined(separator: ",")
        selector = Selector(labels: labels, fields: fields.isEmpty ? nil : fields)
        self.configuration = configuration
        self.observer = observer
        self.toleratesDenial = toleratesDenial
        self.keep = keep
    }

    /// Called for every change, in order, from the task that reads the watch: be quick.
    public func onChange(_ handler: @escaping Handler) {
        handlers.withLock { $0.append(handler) }
    }

    /// Lists and watches until the task is cancelled.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for namespace in scope.targets {
                group.addTask { try await self.follow(namespace) }
            }
            try await group.waitForAll()
        }
    }

    private func follow(_ namespace: String?) async throws {
        let reflector = Reflector<Object>(
            client: client, resource: resource, namespace: namespace, selector: selector, configuration: configuration,
            observer: observer)
        try await reflector.run { event in self.take(event, namespace) }
    }

    /// Takes in what a reflector tells.
    package func take(_ event: ReflectorEvent<Object>, _ namespace: String? = nil) {
        switch event {
        case .initialStart: store.withLock { $0.beginRelist(namespace) }
        case .initial(let object) where !keep(object): break
        case .applied(let object) where !keep(object): drop(object.identity)
        case .deleted(let object) where !keep(object): drop(object.identity)
        case .initial(let object): store.withLock { $0.stage(object, namespace) }
        case .initialDone(let version): tell(store.withLock { $0.finishRelist(namespace, resourceVersion: version) })
        case .applied(let object): tell(store.withLock { [$0.apply(object)].compactMap { $0 } })
        case .deleted(let object): remove(object.identity)
        case .trouble(let error, _) where toleratesDenial && error.code == .forbidden:
            store.withLock { $0.concede(namespace) }
        case .bookmark, .trouble: break
        }
    }

    private func remove(_ identity: ObjectIdentity) {
        tell(
            store.withLock {
                [$0.remove(identity.key, uid: identity.uid, resourceVersion: identity.resourceVersion)].compactMap { $0 }
            })
    }

    /// What is not kept is forgotten where it was; what was never known leaves no trace, however much of it there is.
    private func drop(_ identity: ObjectIdentity) {
        if self[identity.key]?.identity.uid == identity.uid { remove(identity) }
    }

    private func tell(_ changes: [Store<Object>.Change]) {
        guard !changes.isEmpty else { return }
        let handlers = handlers.withLock { $0 }
        for change in changes {
            for handler in handlers { handler(change.old, change.new) }
        }
    }

    // MARK: Reading

    /// Whether the first list of every namespace is in.
    public var hasSynced: Bool { store.withLock { $0.isSynced(scope.targets) } }
    public var count: Int { store.withLock { $0.objects.count } }

    public subscript(key: ObjectKey) -> Object? { store.withLock { $0[key] } }

    public func owned(by uid: String) -> [Object] { store.withLock { $0.owned(by: uid) } }

    public var all: [Object] { store.withLock { store in store.objects.keys.compactMap { store[$0] } } }

    // MARK: Own writes

    /// Puts the API server's answer to our own write into the cache, so that nobody acts on the state before it. The handlers
    /// are told, as of any change: what was planned without it may have to be planned anew.
    public func observe(written object: JSONValue) {
        guard let cached = try? Object(parsing: object.serialized()), keep(cached) else { return }
        tell(store.withLock { [$0.observe(written: cached)].compactMap { $0 } })
    }

    /// Leaves an object out that we deleted, until the watch confirms it.
    public func observe(deleted key: ObjectKey, uid: String) {
        store.withLock { $0.observe(deleted: key, uid: uid) }
    }
}
