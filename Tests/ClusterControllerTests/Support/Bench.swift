import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Logging
import SpiceTypes
import Synchronization
import Testing

@testable import ClusterController

/// cluster-controller on an API in the same process, reconciled by hand; and set-controller's part, played by the test.
struct Bench {
    let server = APIServer(seed: 1)
    let user: KubernetesClient
    let setController: KubernetesClient
    let writes = Recorded<String>()
    private(set) var process: Process

    /// One life of the controller.
    struct Process {
        let caches: Caches
        let reconciler: ClusterReconciler
        let events: EventRecorder
        let watching: Task<Void, any Error>
    }

    static let key = ObjectKey(namespace: "default", name: "demo")
    static let scheduler = ObjectKey(namespace: "default", name: "demo-scheduler")
    static let executor = ObjectKey(namespace: "default", name: "demo-executor")
    static let discovery = ObjectKey(namespace: "default", name: "demo-discovery")

    init() async throws {
        user = KubernetesClient(transport: InProcessTransport(server), fieldManager: "kubectl", userAgent: "user")
        setController = KubernetesClient(
            transport: InProcessTransport(server), fieldManager: FieldManager.setController, userAgent: "set-controller")
        for definition in GeneratedCRDs.all {
            _ = try await user.create(.customResourceDefinitions, try JSONValue(parsing: definition))
        }
        process = try await Self.start(server)
        server.faults.audit { [writes] line in
            let isRead = ["get", "list", "watch"].contains { line.contains("\"verb\":\"\($0)\"") }
            if !isRead, line.contains("\"userAgent\":\"cluster-controller\""), !line.contains("events") { writes.append(line) }
        }
    }

    private static func start(_ server: APIServer) async throws -> Process {
        let client = KubernetesClient(
            transport: InProcessTransport(server), fieldManager: FieldManager.clusterController, userAgent: "cluster-controller")
        let caches = Caches(client: client, scope: .all, observer: nil)
        let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        let events = EventRecorder(
            client: client, executable: "cluster-controller", instance: "test", logger: logger, wall: { Sample.now })
        let reconciler = ClusterReconciler(
            caches: caches, settings: Settings(), rules: { _, _ in [] },
            applier: Applier(client: client, controller: "spicepodcluster"),
            events: events, now: { Sample.now })
        let watching = Task { try await caches.run() }
        while !caches.hasSynced { await Task.yield() }
        return Process(caches: caches, reconciler: reconciler, events: events, watching: watching)
    }

    mutating func restart() async throws {
        process.watching.cancel()
        process = try await Self.start(server)
    }

    func stop() { process.watching.cancel() }

    func create(_ cluster: SpicepodCluster = Sample.cluster()) async throws {
        var object = try JSONTreeEncoder().encode(cluster)
        object["apiVersion"] = "spice.ai/v2"
        object["kind"] = "SpicepodCluster"
        object["metadata"] = ["name": "demo", "namespace": "default"]
        _ = try await user.create(.spicepodClusters, object)
    }

    func patch(_ change: JSONValue) async throws { _ = try await user.patch(.spicepodClusters, Self.key, .merge(change)) }

    func get(_ resource: ResourceType, _ key: ObjectKey) async -> JSONValue? { try? await user.get(resource, key) }

    func condition(_ type: String) async -> JSONValue? {
        await get(.spicepodClusters, Self.key)?[path: "status", "conditions"]?.arrayValue?.first { $0["type"]?.stringValue == type }
    }

    /// Until a pass has nothing to write, with the caches caught up before each.
    func reconcile() async throws {
        for _ in 0..<20 {
            try await catchUp()
            let before = writes.all.count
            _ = try await process.reconciler.reconcile(Self.key)
            if writes.all.count == before { return }
        }
        Issue.record("the controller goes on writing")
    }

    /// The caches hold what the API has.
    func catchUp() async throws {
        await eventually("the caches catch up") {
            let cached = process.caches
            let cluster = await get(.spicepodClusters, Self.key)
            guard version(cluster) == cached.clusters[Self.key]?.identity.resourceVersion else { return false }
            for key in [Self.scheduler, Self.executor] {
                let set = await get(.spicepodSets, key)
                let isOurs = set?[path: "metadata", "labels"]?["spice.ai/cluster"] != nil
                guard !isOurs || version(set) == cached.sets[key]?.identity.resourceVersion else { return false }
                if set == nil, cached.sets[key] != nil { return false }
            }
            let service = await get(.services, Self.discovery)
            let isOurs = service?[path: "metadata", "labels"]?["spice.ai/cluster"] != nil
            return !isOurs || version(service) == cached.services[Self.discovery]?.identity.resourceVersion
        }
    }

    private func version(_ object: JSONValue?) -> String? { object?[path: "metadata", "resourceVersion"]?.stringValue }

    /// What set-controller says of a set whose pods are all ready.
    func settle(_ key: ObjectKey) async throws {
        guard let object = await get(.spicepodSets, key) else { return }
        let spec = try JSONTreeDecoder().decode(SpicepodSetSpec.self, from: object["spec"] ?? [:])
        let version = try Version(of: spec, named: key.name).sha
        let count = JSONValue.int(Int64(spec.replicas ?? 1))
        let generation = object[path: "metadata", "generation"] ?? 1
        let conditions: [JSONValue] = [("Ready", "Ready"), ("Progressing", "RolloutComplete")].map { type, reason in
            [
                "type": .string(type), "status": "True", "reason": .string(reason), "message": "", "observedGeneration": generation,
                "lastTransitionTime": "2026-01-01T00:00:00Z",
            ]
        }
        let status: JSONValue = [
            "observedGeneration": generation, "readyReplicas": count, "totalReplicas": count, "updatedReplicas": count,
            "activeVersion": .string(version), "lastReadyVersion": .string(version), "conditions": .array(conditions),
        ]
        _ = try await setController.apply(.spicepodSets, key, ["status": status], subresource: "status", force: true)
    }

    /// Both controllers take turns.
    func converge() async throws {
        for _ in 0..<4 {
            try await reconcile()
            for key in [Self.scheduler, Self.executor] { try await settle(key) }
        }
        try await reconcile()
    }
}

/// A list that several tasks append to.
final class Recorded<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])
    func append(_ element: Element) { elements.withLock { $0.append(element) } }
    var all: [Element] { elements.withLock { $0 } }
}

/// Waits for a condition that other tasks bring about, giving way to them, for at most half a minute.
func eventually(
    _ what: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async rethrows {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        await Task.yield()
    }
    Issue.record(what ?? "the condition did not become true", sourceLocation: sourceLocation)
}
