import JSON
import KubernetesClient
import KubernetesModel
import Testing

@testable import ControllerRuntime

/// What somebody else changed in an object of ours never keeps us from putting it right, also where the API server would refuse
/// what both of us want together.
@Suite struct RejectedDriftTests {
    private let cluster = Cluster()
    private let applier: Applier
    private let key = ObjectKey(namespace: "default", name: "discovery")
    private let owner = "11111111-0000-0000-0000-000000000001"

    init() {
        applier = Applier(client: cluster.client(), controller: "test")
    }

    private var desired: DesiredObject {
        DesiredObject(
            resource: .services, key: key,
            object: [
                "apiVersion": "v1", "kind": "Service",
                "metadata": [
                    "name": "discovery", "namespace": "default",
                    "ownerReferences": [
                        [
                            "apiVersion": "spice.ai/v2", "kind": "SpicepodCluster", "name": "taxi", "uid": .string(owner),
                            "controller": true,
                        ]
                    ],
                ],
                "spec": ["clusterIP": "None", "ports": [["name": "cluster", "port": 50052, "protocol": "TCP"]]],
            ])
    }

    private func apply() async throws -> JSONValue? {
        let live = try? await cluster.client().get(.services, key)
        return try await applier.apply(
            desired,
            live: live.map {
                LiveChild(
                    uid: $0[path: "metadata", "uid"]?.stringValue ?? "",
                    resourceVersion: $0[path: "metadata", "resourceVersion"]?.stringValue ?? "", controllerUID: owner,
                    owned: OwnedFields.digest(of: $0, manager: "spice-test"))
            }, owner: owner)
    }

    /// Ports are told apart by their numbers: the changed one stays beside ours, under the same name.
    @Test func aPortOfTheSameName() async throws {
        _ = try #require(try await apply())
        let change = [JSONPatchOperation.replace("/spec/ports/0/port", 1)]
        _ = try await cluster.client("kubectl-patch").patch(.services, key, .json(change))
        let mended = try #require(try await apply())
        #expect(mended[path: "spec", "ports"]?.arrayValue?.compactMap { $0["port"]?.intValue } == [50052])
        #expect(try await apply() == nil, "nothing is left to write")
    }
}
