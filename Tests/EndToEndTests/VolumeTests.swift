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

    private static func templates(_ sizes: [String: String], storageClass: String? = nil, annotations: JSONValue = [:])
        -> JSONValue
    {
        .array(
            sizes.sorted { $0.key < $1.key }.map { name, size in
                var spec: JSONValue = ["resources": ["requests": ["storage": .string(size)]]]
                if let storageClass { spec["storageClassName"] = .string(storageClass) }
                return ["metadata": ["name": .string(name), "annotations": annotations], "spec": spec]
            })
    }

    private func capacities(_ world: World) async throws -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: try await world.list(.persistentVolumeClaims).map {
                ($0.name, $0[path: "status", "capacity", "storage"]?.stringValue ?? "")
            })
    }

    private func uids(_ world: World, _ resource: ResourceType) async throws -> [String: String] {
        Dictionary(uniqueKeysWithValues: try await world.list(resource).map { ($0.name, $0.uid) })
    }

    /// Whether the StatefulSets have the sizes and control their pods.
    private func areAdopted(_ world: World, _ size: String) async throws -> Bool {
        let workloads = try await world.list(.statefulSets)
        let owners = Set(
            try await world.list(.pods).compactMap {
                $0[path: "metadata", "ownerReferences"]?.arrayValue?.first { $0["controller"] == true }?["uid"]?.stringValue
            })
        return owners == Set(workloads.map(\.uid))
            && workloads.allSatisfy { workload in
                let templates = workload[path: "spec", "volumeClaimTemplates"]?.arrayValue ?? []
                return templates.contains { $0[path: "spec", "resources", "requests", "storage"]?.stringValue == size }
            }
    }

    /// Larger templates grow every claim while the pods run on: the StatefulSets are replaced once each, and never is the set
    /// anything but Ready.
    @Test(arguments: ControlPlane.available) func claimsGrow(_ kind: ControlPlane) async throws {
        try await World.with(kind, "growth") { world in
            try await world.startController()
            let mounts: JSONValue = [["name": "cache", "mountPath": "/cache"]]
            try await world.make(
                "grown",
                [
                    "replicas": 2, "volumeMounts": mounts, "volumeClaimTemplates": Self.templates(["data": "1Gi", "cache": "2Gi"]),
                ])
            let since = try await world.ready("grown").condition("Ready")?["lastTransitionTime"]
            let (pods, workloads) = (try await uids(world, .pods), try await uids(world, .statefulSets))
            let mark = try world.plane.audit.mark()

            try await world.change("grown", spec: ["volumeClaimTemplates": Self.templates(["data": "3Gi", "cache": "4Gi"])])
            let expected = [
                "cache-grown-0-0": "4Gi", "cache-grown-1-0": "4Gi", "data-grown-0-0": "3Gi", "data-grown-1-0": "3Gi",
            ]
            try await eventually("the volumes have grown") { try await capacities(world) == expected }
            try await eventually("the pods are adopted") {
                let areAdopted = try await areAdopted(world, "3Gi")
                return areAdopted
            }
            let set = try await world.ready("grown")
            #expect(try await uids(world, .pods) == pods)
            #expect(try await uids(world, .statefulSets).allSatisfy { workloads[$0.key] != $0.value })
            #expect(set.condition("Ready")?["lastTransitionTime"] == since)
            #expect(set.condition("Warning") == nil)
            let writes = try world.writes(since: mark)
            #expect(writes.count { $0.verb == "delete" && $0.resource == "statefulsets" } == 2)
            #expect(writes.count { $0.verb == "patch" && $0.resource == "persistentvolumeclaims" } == 4)
        }
    }

    /// A class that cannot expand gets one warning and no request; nothing is written after that.
    @Test(arguments: ControlPlane.available) func classThatCannotExpand(_ kind: ControlPlane) async throws {
        try await World.with(kind, "fixed") { world in
            let storageClass = "fixed-\(world.namespace)"
            _ = try await world.client.create(
                .storageClasses,
                [
                    "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": .string(storageClass)],
                    "provisioner": "local/simulated",
                ])
            try await world.startController()
            try await world.make(
                "fixed", ["replicas": 2, "volumeClaimTemplates": Self.templates(["data": "1Gi"], storageClass: storageClass)])
            try await world.ready("fixed")
            let mark = try world.plane.audit.mark()
            try await world.change(
                "fixed", spec: ["volumeClaimTemplates": Self.templates(["data": "2Gi"], storageClass: storageClass)])
            try await world.condition("fixed", "Warning", "True", reason: "VolumeExpansionUnsupported")
            try await eventually("the StatefulSets are as the spec has them") { try await areAdopted(world, "2Gi") }
            try await eventually("the warning is told") {
                try await world.events(of: "fixed", reason: "VolumeExpansionUnsupported").count == 1
            }
            try await world.touch("fixed")
            try await world.ready("fixed")
            let writes = try world.writes(since: mark)
            #expect(writes.allSatisfy { $0.resource != "persistentvolumeclaims" })
            #expect(try await world.events(of: "fixed", reason: "VolumeExpansionUnsupported").count == 1)
            #expect(try await capacities(world) == ["data-fixed-0-0": "1Gi", "data-fixed-1-0": "1Gi"])
            _ = try? await world.client.delete(.storageClasses, ObjectKey(name: storageClass))
        }
    }

    /// What the API server refuses (here as the class is gone, just as where classes may not be read) is a warning, keeps nothing
    /// else from happening and is not asked for again and again.
    @Test(arguments: ControlPlane.available) func refusedGrowth(_ kind: ControlPlane) async throws {
        try await World.with(kind, "refused") { world in
            let storageClass = "passing-\(world.namespace)"
            _ = try await world.client.create(
                .storageClasses,
                [
                    "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": .string(storageClass)],
                    "provisioner": "local/simulated", "allowVolumeExpansion": true,
                ])
            try await world.make("refused", ["volumeClaimTemplates": Self.templates(["data": "1Gi"], storageClass: storageClass)])
            try await world.startController()
            try await world.ready("refused")
            try await world.client.delete(.storageClasses, ObjectKey(name: storageClass))
            let mark = try world.plane.audit.mark()
            try await world.change(
                "refused",
                spec: ["replicas": 2, "volumeClaimTemplates": Self.templates(["data": "2Gi"], storageClass: storageClass)])
            try await world.condition("refused", "Warning", "True", reason: "VolumeExpansionUnsupported")
            try await eventually("the other replica is made") { try await world.names(.statefulSets).contains("refused-1") }
            for _ in 0..<5 { try await world.touch("refused") }
            try await eventually("the StatefulSet is as the spec has it") {
                let workload = try await world.client.get(.statefulSets, world.key("refused-0"))
                let template = workload[path: "spec", "volumeClaimTemplates"]?[0]
                return template?[path: "spec", "resources", "requests", "storage"] == "2Gi"
            }
            let asked = try world.writes(since: mark).count { $0.resource == "persistentvolumeclaims" }
            #expect((1...2).contains(asked), "once a minute at most")
        }
    }

    /// A smaller size changes nothing and is told; the size before takes the warning away.
    @Test(arguments: ControlPlane.available) func shrinkingIsIgnored(_ kind: ControlPlane) async throws {
        try await World.with(kind, "shrink") { world in
            try await world.startController()
            try await world.make("shrunk", ["volumeClaimTemplates": Self.templates(["data": "2Gi"])])
            try await world.ready("shrunk")
            let before = (try await uids(world, .pods), try await uids(world, .statefulSets))
            try await world.change("shrunk", spec: ["volumeClaimTemplates": Self.templates(["data": "1Gi"])])
            try await world.condition("shrunk", "Warning", "True", reason: "VolumeShrinkIgnored")
            try await world.change("shrunk", spec: ["volumeClaimTemplates": Self.templates(["data": "2048Mi"])])
            try await eventually("the warning is gone") {
                try await world.client.get(.spicepodSets, world.key("shrunk")).condition("Warning") == nil
            }
            #expect(try await uids(world, .pods) == before.0)
            #expect(try await uids(world, .statefulSets) == before.1)
            #expect(try await capacities(world) == ["data-shrunk-0-0": "2Gi"])
        }
    }

    /// A file system that grows only when its pod starts has the pods restarted one after the other.
    @Test(arguments: ControlPlane.available) func offlineResizeRestartsPods(_ kind: ControlPlane) async throws {
        try await World.with(kind, "offline") { world in
            try await world.startController()
            let annotations: JSONValue = ["hollow/resize": "offline"]
            try await world.make(
                "offline", ["replicas": 2, "volumeClaimTemplates": Self.templates(["data": "1Gi"], annotations: annotations)])
            try await world.ready("offline")
            let before = try await uids(world, .pods)
            try await world.change(
                "offline", spec: ["volumeClaimTemplates": Self.templates(["data": "2Gi"], annotations: annotations)])
            try await eventually("the file systems have grown", within: .seconds(180)) {
                let capacities = try await capacities(world)
                if capacities["data-offline-0-0"] == "1Gi" {
                    #expect(try await world.uid(.pods, "offline-1-0") == before["offline-1-0"])
                }
                return capacities == ["data-offline-0-0": "2Gi", "data-offline-1-0": "2Gi"]
            }
            try await world.ready("offline")
            let after = try await uids(world, .pods)
            #expect(after.keys == before.keys)
            #expect(after.allSatisfy { before[$0.key] != $0.value })
            #expect(try await !world.events(of: "offline", reason: "RestartingForFileSystem").isEmpty)
        }
    }
}
