import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Testing

@testable import ControllerRuntime

/// An informer on an API in the same process.
@Suite struct InformerTests {
    private let cluster = Cluster()

    private func make(
        _ name: String, _ value: String = "1", namespace: String = "default", labels: [String: JSONValue] = ["app": "spiced"]
    ) async throws -> JSONValue {
        try await cluster.client("user").create(
            .configMaps,
            [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": ["name": .string(name), "namespace": .string(namespace), "labels": .object(labels)],
                "data": ["value": .string(value)],
            ])
    }

    private func informer(_ scope: WatchScope = .all) -> Informer<Item> {
        Informer(client: cluster.client(), resource: .configMaps, scope: scope, labels: "app=spiced")
    }

    /// What is there and what changes is known and told; what is not selected is not.
    @Test func followsChanges() async throws {
        _ = try await make("before")
        _ = try await make("unselected", labels: [:])
        let informer = informer()
        let told = Recorded<String>()
        informer.onChange { old, new in
            let name = (new ?? old)?.identity.key.name ?? ""
            told.append("\(name) \(old?.value ?? "-")>\(new?.value ?? "-")")
        }
        #expect(!informer.hasSynced)
        let running = Task { try await informer.run() }
        await eventually { informer.hasSynced }
        #expect(informer.all.map(\.identity.key.name) == ["before"])

        _ = try await make("after")
        await eventually { informer.count == 2 }
        let key = ObjectKey(namespace: "default", name: "after")
        _ = try await cluster.client("user").patch(.configMaps, key, .merge(["data": ["value": "2"]]))
        await eventually { informer[key]?.value == "2" }
        try await cluster.client("user").delete(.configMaps, key)
        await eventually { informer[key] == nil && told.all.count == 4 }
        #expect(told.all == ["before ->1", "after ->1", "after 1>2", "after 2>-"])
        running.cancel()
        _ = try? await running.value
    }

    /// Events missed while the server's history was compacted are made up for by a list: deletions included.
    @Test func relistsAfterALoss() async throws {
        _ = try await make("gone")
        _ = try await make("kept")
        let informer = informer()
        let running = Task { try await informer.run() }
        await eventually { informer.count == 2 && cluster.server.watchCount == 1 }
        let isDown = Shared(true)
        cluster.server.faults.intercept { request in
            guard isDown.value, request.method == .get, request.path.hasSuffix("/configmaps") else { return nil }
            return HTTPResponse(status: 503, headers: HTTPHeaders([]), body: [])
        }
        cluster.server.endWatches()
        try await cluster.client("user").delete(.configMaps, ObjectKey(namespace: "default", name: "gone"))
        _ = try await make("new")
        cluster.server.compact()
        #expect(informer.hasSynced, "what was known stays known")
        isDown.change { $0 = false }
        await eventually { Set(informer.all.map(\.identity.key.name)) == ["kept", "new"] }
        running.cancel()
        _ = try? await running.value
    }

    /// Only the namespaces in scope are read.
    @Test(arguments: [WatchScope.only(["one", "two"]), .allExcept(["default", "three"])])
    func keepsToItsScope(scope: WatchScope) async throws {
        for namespace in ["one", "two", "three"] {
            try await cluster.createNamespace(namespace)
            _ = try await make("in-\(namespace)", namespace: namespace)
        }
        _ = try await make("in-default")
        let informer = informer(scope)
        let running = Task { try await informer.run() }
        await eventually { informer.hasSynced }
        #expect(Set(informer.all.map(\.identity.key.namespace)) == ["one", "two"])
        running.cancel()
        _ = try? await running.value
    }

    /// Our own writes are in the cache before the watch tells of them.
    @Test func showsOwnWrites() async throws {
        let informer = informer()
        let written = try await make("mine")
        informer.observe(written: written)
        #expect(informer[ObjectKey(namespace: "default", name: "mine")]?.value == "1")
    }
}
