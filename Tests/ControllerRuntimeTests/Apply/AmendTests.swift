import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Testing

@testable import ControllerRuntime

/// Single fields of objects that somebody else made.
@Suite struct AmendTests {
    private let cluster = Cluster()
    private let key = ObjectKey(namespace: "default", name: "taxi")

    private func make() async throws -> JSONValue {
        try await cluster.client("somebody").create(
            .configMaps,
            [
                "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "taxi", "namespace": "default"],
                "data": ["a": "1", "b": "1"],
            ])
    }

    private func amendment(_ uid: String) -> DesiredObject {
        DesiredObject(amending: .configMaps, key, uid: uid, fields: ["data": ["a": "2"]])
    }

    /// What is named changes, whoever set it; all else and the owner stay as they are.
    @Test func changesWhatIsNamed() async throws {
        let uid = try await make()[path: "metadata", "uid"]?.stringValue ?? ""
        let applier = Applier(client: cluster.client(), controller: "test")
        let written = try #require(try await applier.apply(amendment(uid), live: nil, owner: "ours"))
        #expect(written["data"] == ["a": "2", "b": "1"])
        #expect(written[path: "metadata", "ownerReferences"] == nil)
        let live = LiveChild(
            uid: uid, resourceVersion: "1", controllerUID: nil, owned: OwnedFields.digest(of: written, manager: "spice-test"))
        #expect(try await applier.apply(amendment(uid), live: live, owner: "ours") == nil, "as it is already")
    }

    /// Nothing is made where the object is gone, and none that took its name is touched.
    @Test func touchesNoOther() async throws {
        let uid = try await make()[path: "metadata", "uid"]?.stringValue ?? ""
        let applier = Applier(client: cluster.client(), controller: "test")
        try await cluster.client("somebody").delete(.configMaps, key)
        await #expect(throws: APIError.self) { try await applier.apply(amendment(uid), live: nil, owner: "ours") }
        await #expect(throws: APIError.self) { try await cluster.client().get(.configMaps, key) }
        let next = try await make()
        await #expect(throws: APIError.self) { try await applier.apply(amendment(uid), live: nil, owner: "ours") }
        #expect(try await cluster.client().get(.configMaps, key) == next)
    }
}
