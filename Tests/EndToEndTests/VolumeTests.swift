import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Pods with volumes of their own: named as documented, kept when the set goes, and fit for restricted namespaces.
struct VolumeTests {
    @Test(arguments: ControlPlane.available) func volumesOutliveTheSet(_ kind: ControlPlane) async throws {
        try await World.with(kind, "volumes") { world in
            try await world.startController()
            _ = try await world.client.create(.spicepodSets, Examples.manifest("persistent", in: world))
            try await world.ready("persistent", within: .seconds(90))
            let claims = ["data-persistent-0-0", "data-persistent-1-0", "data-persistent-2-0"]
            #expect(try await world.names(.persistentVolumeClaims) == claims)
            let pod = try await world.client.get(.pods, world.key("persistent-1-0"))
            let mounts = pod[path: "spec", "containers"]?[0]?["volumeMounts"]?.arrayValue ?? []
            #expect(mounts.contains { $0["name"] == "data" && $0["mountPath"] == "/data" })

            try await world.client.delete(.spicepodSets, world.key("persistent"))
            let children: [ResourceType] = [
                .pods, .statefulSets, .services, .configMaps, .serviceAccounts, .roles, .roleBindings,
            ]
            for resource in children {
                try await eventually("no \(resource.plural) are left", within: .seconds(90)) {
                    try await world.names(resource, of: "persistent").isEmpty
                }
            }
            #expect(try await world.names(.persistentVolumeClaims) == claims)
        }
    }

    /// Where the namespace enforces Pod Security `restricted`, every pod is let in (only a real API server enforces it).
    @Test(arguments: ControlPlane.available) func restrictedNamespace(_ kind: ControlPlane) async throws {
        let labels = ["pod-security.kubernetes.io/enforce": "restricted"]
        try await World.with(kind, "restricted", labels: labels) { world in
            try await world.startController()
            try await world.make("modest", ["volumeClaimTemplates": [["spec": ["resources": ["requests": ["storage": "1Gi"]]]]]])
            try await world.ready("modest")
            #expect(try await world.names(.persistentVolumeClaims) == ["data-modest-0-0"])
        }
    }
}
