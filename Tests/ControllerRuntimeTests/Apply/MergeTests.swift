import JSON
import KubernetesClient
import KubernetesModel
import Testing

@testable import ControllerRuntime

/// A merge touches the fields that it names, of the object and the state that are meant, and no others.
@Suite struct MergeTests {
    private let cluster = Cluster()
    private let key = ObjectKey(namespace: "default", name: "taxi")
    private var applier: Applier { Applier(client: cluster.client(), controller: "test") }

    private func make() async throws -> JSONValue {
        try await cluster.client().apply(
            .configMaps, key,
            ["metadata": ["annotations": ["a": "1"]], "immutable": true, "data": ["x": "y"]], force: true)
    }

    private func uid(_ object: JSONValue) -> String { object[path: "metadata", "uid"]?.stringValue ?? "" }

    /// What was applied still reads as applied: an annotation beside it is no drift.
    @Test func annotationsComeAndGo() async throws {
        let made = try await make()
        let owned = OwnedFields.digest(of: made, manager: "spice-test")
        let noted = try #require(try await applier.annotate(.configMaps, key, uid: uid(made), ["n": "text"]))
        #expect(noted[path: "metadata", "annotations"] == ["a": "1", "n": "text"])
        #expect(noted["data"] == ["x": "y"])
        #expect(OwnedFields.digest(of: noted, manager: "spice-test") == owned)
        let cleared = try await applier.annotate(.configMaps, key, uid: uid(made), ["n": nil])
        #expect(cleared?[path: "metadata", "annotations"] == ["a": "1"])
    }

    @Test func onlyTheObjectMeant() async throws {
        _ = try await make()
        #expect(try await applier.annotate(.configMaps, key, uid: "another", ["n": "text"]) == nil)
        let missing = ObjectKey(namespace: "default", name: "missing")
        #expect(try await applier.annotate(.configMaps, missing, uid: "another", ["n": "text"]) == nil)
        #expect(try await cluster.client().get(.configMaps, key)[path: "metadata", "annotations"] == ["a": "1"])
    }

    /// A change that was not seen is not written over.
    @Test func onlyTheStateMeant() async throws {
        let made = try await make()
        let version = made[path: "metadata", "resourceVersion"]?.stringValue
        let change: JSONValue = ["metadata": ["labels": ["l": "1"]]]
        _ = try await applier.merge(.configMaps, key, uid: uid(made), resourceVersion: version, change)
        await #expect(throws: APIError.self) {
            try await applier.merge(
                .configMaps, key, uid: uid(made), resourceVersion: version, ["metadata": ["labels": ["l": "2"]]])
        }
        #expect(try await cluster.client().get(.configMaps, key)[path: "metadata", "labels"] == ["l": "1"])
    }
}
