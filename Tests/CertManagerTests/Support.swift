import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Logging
import PKI
import SpiceTypes
import Synchronization
import Testing

@testable import CertManager

/// An API in the same process, cert-manager's reconcilers over it, and a clock that moves when a test says so. Everything happens in
/// the calling task: `settle` lets the caches see what is there and works until nothing is left to do.
final class World: Sendable {
    static let namespace = "spiceai-operator-system"
    static let start = Timestamp(unixSeconds: 1_800_000_000)

    let server: APIServer
    let time = Mutex(World.start)
    let settings: Settings
    private let process: Mutex<Process>

    /// What is lost in a crash.
    struct Process: Sendable {
        var caches: Caches
        var serving: ServingCaches
        var reconcilers: Reconcilers
        var due: [Key: Timestamp] = [:]
        var events: EventRecorder
        /// What the caches are as of.
        var revision: Int64 = -1
    }

    enum Key: Hashable, Comparable, Sendable {
        case authority(ObjectKey)
        case leaf(ObjectKey)
        case serving(ObjectKey)
    }

    init(_ settings: Settings = Settings(), scope: WatchScope = .all) async throws {
        self.settings = settings
        let now = Mutex<@Sendable () -> Timestamp>({ World.start })
        server = APIServer(clock: { now.withLock { $0 }() }, seed: 1)
        process = Mutex(Self.process(server, settings, scope) { World.start })
        now.withLock { $0 = { [weak self] in self?.now ?? World.start } }
        restart(scope: scope)
        for name in [Self.namespace, "other"] {
            try await create(.namespaces, ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]])
        }
        var definition = try JSONValue(parsing: GeneratedCRDs.spicepodClusters)
        // conversion and the webhooks behind it are other tests'
        definition[path: "spec", "conversion"] = nil
        definition[path: "metadata", "labels"] = nil
        try await create(.customResourceDefinitions, definition)
    }

    var now: Timestamp { time.withLock { $0 } }

    func pass(_ duration: Duration) { time.withLock { $0 = $0 + duration } }

    /// The process ends, and another one begins with nothing but what the API has.
    func restart(scope: WatchScope = .all) {
        let new = Self.process(server, settings, scope) { [weak self] in self?.now ?? World.start }
        process.withLock { $0 = new }
        listen(new)
    }

    private static func process(
        _ server: APIServer, _ settings: Settings, _ scope: WatchScope, _ now: @escaping @Sendable () -> Timestamp
    ) -> Process {
        var client = KubernetesClient(
            transport: InProcessTransport(server), fieldManager: CertManagerName.fieldManager, userAgent: "cert-manager")
        client.retry = .never
        let caches = Caches(client: client, scope: scope, operatorNamespace: namespace, observer: nil)
        let serving = ServingCaches(client: client, operatorNamespace: namespace, observer: nil)
        let events = EventRecorder(
            client: client, executable: "cert-manager", instance: "test",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            wall: now)
        return Process(
            caches: caches, serving: serving,
            reconcilers: Reconcilers(
                caches: caches, servingCaches: serving, settings: settings, client: client, events: events, now: now),
            events: events)
    }

    private func listen(_ new: Process) {
        new.caches.onChange(
            cluster: { [weak self] key in self?.enqueue(.authority(key)) },
            status: { [weak self] key in self?.enqueue(.authority(key)) }, node: { [weak self] key in self?.enqueue(.leaf(key)) })
        new.serving.onChange { [weak self] key in self?.enqueue(.serving(key)) }
    }

    private func enqueue(_ key: Key) {
        let now = now
        process.withLock { $0.due[key] = min($0.due[key] ?? now, now) }
    }

    // MARK: Working

    /// What was read from the API server last, as its watches would tell it.
    func refresh() async throws {
        let revision = server.revision
        let process = process.withLock { process in
            defer { process.revision = revision }
            return process
        }
        guard process.revision != revision else { return }
        let kinds: [(any WatchFed, String?)] = [
            (process.caches.clusters, nil), (process.caches.nodes, "spice.ai/cluster-mtls=enabled"),
            (process.caches.authorities, SecretKind.authority.selector), (process.caches.leaves, SecretKind.leaf.selector),
            (process.serving.authorities, SecretKind.webhookAuthority.selector),
            (process.serving.leaves, SecretKind.serving.selector),
        ]
        for (informer, labels) in kinds + process.serving.objects.map({ ($0, SecretKind.servingLabel) }) {
            let isOperators = informer.resource == .secrets && labels != SecretKind.leaf.selector
            let page = try await client().list(
                informer.resource, namespace: isOperators ? Self.namespace : nil, selector: Selector(labels: labels))
            try informer.take(tree: .initialStart)
            for item in page.items { try informer.take(tree: .initial(item)) }
            try informer.take(tree: .initialDone(resourceVersion: page.resourceVersion))
        }
    }

    /// Works until nothing is due at this moment.
    func settle(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for _ in 0..<400 {
            try await refresh()
            let now = now
            let due = process.withLock { process in process.due.filter { $0.value <= now }.keys.sorted() }
            if due.isEmpty { return }
            for key in due { try await work(key) }
        }
        Issue.record("still at work after 400 rounds", sourceLocation: sourceLocation)
    }

    private func work(_ key: Key) async throws {
        let reconcilers = process.withLock { process in
            process.due[key] = nil
            return process.reconcilers
        }
        var delay: Duration?
        do {
            switch key {
            case .authority(let key): delay = try await reconcilers.authorities.reconcile(key)
            case .leaf(let key): delay = try await reconcilers.leaves.reconcile(key)
            case .serving(let key): delay = try await reconcilers.serving.reconcile(key)
            }
        } catch ReconcileError.waiting(let time, _) {
            delay = time
        } catch is APIError {
            delay = .seconds(1)
        }
        guard let delay else { return }
        let time = now + delay
        process.withLock { $0.due[key] = min($0.due[key] ?? time, time) }
    }

    /// Lets time pass from one look to the next, and works at each.
    func run(_ duration: Duration, each check: () async throws -> Void = {}) async throws {
        let end = now + duration
        while true {
            try await settle()
            try await check()
            let next = process.withLock { $0.due.values.min() } ?? end
            guard next < end, now < end else { break }
            time.withLock { $0 = max($0, next) }
        }
        time.withLock { $0 = end }
        try await settle()
        try await check()
    }

    // MARK: The API as a user sees it

    func client(_ name: String = "user") -> KubernetesClient {
        KubernetesClient(transport: InProcessTransport(server), fieldManager: name, userAgent: name)
    }

    @discardableResult func create(_ resource: ResourceType, _ object: JSONValue) async throws -> JSONValue {
        try await client().create(resource, object)
    }

    func object(_ resource: ResourceType, _ name: String, _ namespace: String = "default") async throws -> JSONValue? {
        do {
            return try await client().get(resource, ObjectKey(namespace: resource.namespaced ? namespace : "", name: name))
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    func delete(_ resource: ResourceType, _ name: String, _ namespace: String = "default") async throws {
        try await client().delete(resource, ObjectKey(namespace: namespace, name: name))
    }

    func patch(_ resource: ResourceType, _ name: String, _ change: JSONValue, _ namespace: String = "default") async throws {
        _ = try await client().patch(
            resource, ObjectKey(namespace: resource.namespaced ? namespace : "", name: name), .merge(change))
    }

    /// Writes of cert-manager, as `patch secrets default/x`.
    func recordWrites() -> Recorded<String> {
        let recorded = Recorded<String>()
        server.faults.audit { line in
            guard let entry = try? JSONValue(parsing: line), entry["userAgent"] == "cert-manager",
                let verb = entry["verb"]?.stringValue, !["get", "list", "watch"].contains(verb)
            else { return }
            let reference = entry["objectRef"]
            recorded.append(
                "\(verb) \(reference?["resource"]?.stringValue ?? "") \(reference?["name"]?.stringValue ?? "")")
        }
        return recorded
    }

    func events() async throws -> [JSONValue] {
        let recorder = process.withLock { $0.events }
        let task = Task { await recorder.run() }
        for _ in 0..<50 { await Task.yield() }
        task.cancel()
        await task.value
        return try await client().list(.events, namespace: nil).items
    }
}

/// A list that several tasks append to.
final class Recorded<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])
    func append(_ element: Element) { elements.withLock { $0.append(element) } }
    var all: [Element] { elements.withLock { $0 } }
}
