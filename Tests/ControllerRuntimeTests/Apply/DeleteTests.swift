import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Testing

@testable import ControllerRuntime

/// Deleting the very object that was seen, and believing only its real absence.
@Suite struct DeleteTests {
    private let cluster = Cluster()
    private let key = ObjectKey(namespace: "default", name: "taxi")
    private var applier: Applier { Applier(client: cluster.client(), controller: "test") }

    private func make() async throws -> String {
        let made = try await cluster.client().create(
            .configMaps, ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "taxi", "namespace": "default"]])
        return made[path: "metadata", "uid"]?.stringValue ?? ""
    }

    /// Another object that took the name stays, and the one meant counts as gone.
    @Test func sparesTheNamesake() async throws {
        let old = try await make()
        try await cluster.client().delete(.configMaps, key)
        let new = try await make()
        #expect(try await applier.delete(.configMaps, key, uid: old) == nil)
        #expect(try await cluster.client().get(.configMaps, key)[path: "metadata", "uid"] == .string(new))
    }

    /// A conflict that is none of the UID passes; taking it for "gone" would leave the object for ever.
    @Test func doesNotTakeAConflictForAbsence() async throws {
        let uid = try await make()
        cluster.server.faults.intercept { request in
            guard request.method == .delete else { return nil }
            let status: JSONValue = ["kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Conflict", "code": 409]
            return HTTPResponse(status: 409, headers: ["Content-Type": "application/json"], body: status.serialized())
        }
        await #expect(throws: APIError.self) { try await applier.delete(.configMaps, key, uid: uid) }
        cluster.server.faults.intercept(nil)
        #expect(try await applier.delete(.configMaps, key, uid: uid) == nil)
        await #expect(throws: APIError.self) { try await cluster.client().get(.configMaps, key) }
    }

    /// What is gone already is no error.
    @Test func isDoneWhereNothingIs() async throws {
        #expect(try await applier.delete(.configMaps, key, uid: "any") == nil)
    }
}
