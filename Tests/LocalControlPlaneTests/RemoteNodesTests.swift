import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Testing

/// Simulated nodes beside an API that has none: what they see and do goes through requests only.
struct RemoteNodesTests {
    private let server = APIServer()
    private let client: KubernetesClient

    init() {
        client = KubernetesClient(transport: InProcessTransport(server), fieldManager: "tests", userAgent: "tests")
    }

    /// A StatefulSet's pod with a volume becomes Ready, its probes really answered; deleted, it goes and another takes its place.
    @Test(.timeLimit(.minutes(5))) func podsBecomeReadyAndGo() async throws {
        try await withCluster {
            _ = try await client.create(.statefulSets, object("web", claim: true))
            let first = try await pod("web-0") { $0.map(isReady) ?? false }
            #expect(first?[path: "spec", "nodeName"]?.stringValue?.hasPrefix("local-") == true)
            #expect(first?[path: "status", "podIP"]?.stringValue?.hasPrefix("100.") == true)
            #expect(first?[path: "status", "phase"] == "Running")

            try await client.delete(.pods, ObjectKey(namespace: "default", name: "web-0"))
            let uid = first?[path: "metadata", "uid"]
            let second = try await pod("web-0") { $0.map { isReady($0) && $0[path: "metadata", "uid"] != uid } ?? false }
            #expect(second != nil)

            _ = try await client.patch(
                .statefulSets, ObjectKey(namespace: "default", name: "web"), .merge(["spec": ["replicas": 0]]))
            _ = try await pod("web-0") { $0 == nil }
        }
    }

    /// A pod that somebody else changes all the time still becomes Ready, and keeps those changes.
    @Test(.timeLimit(.minutes(5))) func otherWritersDoNotKeepPodsFromReady() async throws {
        try await withCluster {
            _ = try await client.create(.statefulSets, object("busy"))
            let key = ObjectKey(namespace: "default", name: "busy-0")
            _ = try await pod(key.name) { $0 != nil }
            var round: Int64 = 0
            let ready = try await pod(key.name) { pod in
                round += 1
                _ = try? await client.patch(.pods, key, .merge(["metadata": ["annotations": ["round": .string("\(round)")]]]))
                return pod.map(isReady) ?? false
            }
            #expect(ready?[path: "metadata", "annotations", "round"] != nil)
        }
    }

    private func isReady(_ pod: JSONValue) -> Bool {
        (pod[path: "status", "conditions"]?.arrayValue ?? []).contains { $0["type"] == "Ready" && $0["status"] == "True" }
    }

    private func object(_ name: String, claim: Bool = false) -> JSONValue {
        var object = statefulSet(name, claim: claim)
        object[path: "metadata", "namespace"] = "default"
        return object
    }

    /// Runs the nodes and the rest of the cluster around `body`.
    private func withCluster(_ body: () async throws -> Void) async throws {
        let rest = Simulation(server: server, options: Simulation.Options(part: .controllers))
        let nodes = RemoteNodes(
            client: KubernetesClient(
                transport: InProcessTransport(server), fieldManager: "simulated-nodes", userAgent: "simulated-nodes"),
            options: Simulation.Options(nodes: 2, speed: 10))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await rest.run() }
            group.addTask { try await nodes.run() }
            try await body()
            group.cancelAll()
        }
    }

    /// The pod once `condition` holds of it, asked again at each change of a pod.
    private func pod(_ name: String, until condition: (JSONValue?) async throws -> Bool) async throws -> JSONValue? {
        let page = try await client.list(.pods, namespace: "default")
        let key = ObjectKey(namespace: "default", name: name)
        let watch = try await client.watch(
            .pods, namespace: "default", resourceVersion: page.resourceVersion, timeout: .seconds(60))
        let changes = watch.chunks.makeAsyncIterator()
        while true {
            let pods = try await client.list(.pods, namespace: "default").items
            let pod = pods.first { $0[path: "metadata", "name"] == .string(key.name) }
            if try await condition(pod) { return pod }
            guard try await changes.next() != nil else {
                Issue.record("the watch ended before \(name) was as expected")
                return nil
            }
        }
    }
}
