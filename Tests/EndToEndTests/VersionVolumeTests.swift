import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Under BlueGreen each version has volumes of its own: they go with it once its pods are drained, and with the set.
struct VersionVolumeTests {
    @Test(arguments: ControlPlane.available) func goWithTheVersionAndTheSet(_ kind: ControlPlane) async throws {
        try await World.with(kind, "bluevolumes") { world in
            try await world.startController()
            try await world.make(
                "blue",
                [
                    "replicas": 2, "updateStrategy": ["type": "BlueGreen"],
                    "volumeClaimTemplates": [["spec": ["resources": ["requests": ["storage": "1Gi"]]]]],
                ])
            let first = try Self.short(await world.ready("blue"))
            try await world.change("blue", spec: ["env": [["name": "NEW", "value": "yes"]]])
            let second = try Self.short(await world.ready("blue"))
            let (old, new) = ((0..<2).map { "data-blue-\(first)-\($0)-0" }, (0..<2).map { "data-blue-\(second)-\($0)-0" })
            // drained first
            #expect(try await world.names(.persistentVolumeClaims) == (old + new).sorted())
            try await eventually("the old version is gone with its volumes", within: .seconds(90)) {
                let claims = try await world.names(.persistentVolumeClaims)
                let workloads = try await world.names(.statefulSets)
                return claims == new && workloads == (0..<2).map { "blue-\(second)-\($0)" }
            }
            #expect(try await world.events(of: "blue", reason: "RemovingVersion").count == 1)
            _ = try await world.client.delete(.spicepodSets, world.key("blue"))
            try await eventually("the volumes go with the set") { try await world.names(.persistentVolumeClaims).isEmpty }
        }
    }

    private static func short(_ set: JSONValue) throws -> String {
        String(try #require(set[path: "status", "activeVersion"]?.stringValue).prefix(8))
    }
}
