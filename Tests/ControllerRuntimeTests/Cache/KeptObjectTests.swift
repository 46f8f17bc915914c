import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Testing

@testable import ControllerRuntime

/// Where no selector can say what belongs into a cache, the objects do: others never get in, and what stops belonging leaves.
@Suite struct KeptObjectTests {
    private let cluster = Cluster()

    private func make(_ name: String, _ value: String) async throws -> JSONValue {
        try await cluster.client("user").create(
            .configMaps,
            [
                "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name), "namespace": "default"],
                "data": ["value": .string(value)],
            ])
    }

    private func key(_ name: String) -> ObjectKey { ObjectKey(namespace: "default", name: name) }

    private func set(_ name: String, _ value: String) async throws {
        _ = try await cluster.client("user").patch(.configMaps, key(name), .merge(["data": ["value": .string(value)]]))
    }

    @Test func keepsItsOwn() async throws {
        _ = try await make("mine", "ours")
        _ = try await make("foreign", "theirs")
        let informer = Informer<Item>(
            client: cluster.client(), resource: .configMaps, keep: { $0.value == "ours" })
        let told = Recorded<String>()
        informer.onChange { old, new in told.append("\((new ?? old)?.identity.key.name ?? "") \(new == nil ? "left" : "is")") }
        let running = Task { try await informer.run() }
        await eventually { informer.hasSynced }
        #expect(informer.all.map(\.identity.key.name) == ["mine"])

        informer.observe(written: try await make("foreign-written", "theirs"))
        try await set("foreign", "still theirs")
        try await set("mine", "theirs")
        await eventually { informer.count == 0 }
        try await set("foreign", "ours")
        await eventually { informer[key("foreign")] != nil }
        try await set("mine", "ours")
        await eventually { informer[key("mine")] != nil }
        _ = try await cluster.client("user").delete(.configMaps, key("foreign"))
        await eventually { informer.count == 1 }
        #expect(told.all == ["mine is", "mine left", "foreign is", "mine is", "foreign left"])
        running.cancel()
        _ = try? await running.value
    }
}
