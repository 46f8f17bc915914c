import JSON
import KubernetesClient
import KubernetesModel
import Testing

@testable import ControllerRuntime

@Suite struct StatusApplyTests {
    /// The whole status is ours, and is recognised as such; saying which object is meant changes nothing of it.
    @Test func isOurs() async throws {
        let cluster = Cluster()
        let key = ObjectKey(namespace: "default", name: "data")
        let made = try await cluster.client().create(
            .persistentVolumeClaims,
            [
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": ["name": "data", "namespace": "default"],
                "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
            ])
        let applier = Applier(client: cluster.client(), controller: "test")
        let uid = made[path: "metadata", "uid"]?.stringValue
        let written = try await applier.applyStatus(.persistentVolumeClaims, key, uid: uid, ["phase": "Bound"])
        #expect(written[path: "status", "phase"] == "Bound")
        #expect(
            OwnedFields.digest(of: written, manager: "spice-test", subresource: "status")
                == OwnedFields.digest(ofIntent: ["apiVersion": "v1", "status": ["phase": "Bound"]]))
    }
}
