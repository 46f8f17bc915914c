import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing
import YAML

/// Argo CD, Flux and `kubectl apply --server-side` own fields by name, and names differ between versions: a manifest that moves to
/// the other version keeps all that it says.
struct ServerSideApplyTests {
    @Test(arguments: ControlPlane.available) func fromV1ToV2(_ kind: ControlPlane) async throws {
        try await World.with(kind, "moved") { world in
            for manifest in try Pages.manifests("v1") {
                var old = manifest
                old[path: "metadata", "namespace"] = .string(world.namespace)
                _ = try await world.client.apply(.spicepodSetsV1, world.key(old.name), old, force: true)
                let before = try await world.client.get(.spicepodSets, world.key(old.name))["spec"]

                let converted = try await Program.run(
                    TestRun.operatorCLI, ["convert", "-f", "-"], input: YAML.serialize(old))
                #expect(converted.status == 0, "\(converted.errors)")
                let new = try YAML.parse(converted.output)
                for _ in 0..<2 {
                    _ = try await world.client.apply(.spicepodSets, world.key(old.name), new, force: true)
                    let after = try await world.client.get(.spicepodSets, world.key(old.name))["spec"]
                    #expect(after == before, "\(old.name)")
                }
            }
        }
    }

    /// A field that the new manifest leaves out goes, whatever it was called in the old one.
    @Test(arguments: ControlPlane.available) func removed(_ kind: ControlPlane) async throws {
        try await World.with(kind, "moved-less") { world in
            var old = try #require(try Pages.manifests("v1").first { $0.name == "earliest" })
            old[path: "metadata", "namespace"] = .string(world.namespace)
            _ = try await world.client.apply(.spicepodSetsV1, world.key("earliest"), old, force: true)
            let new = world.manifest("earliest", ["image": ["repository": "ghcr.io/spiceai/spiceai", "tag": "2"]])
            _ = try await world.client.apply(.spicepodSets, world.key("earliest"), new, force: true)
            let spec = try await world.client.get(.spicepodSets, world.key("earliest"))["spec"]
            #expect(spec?["env"] == nil && spec?["annotations"] == nil)
            #expect(spec?[path: "image", "tag"] == "2")
            #expect(spec?[path: "spicepod", "version"] == "v1")
        }
    }
}
