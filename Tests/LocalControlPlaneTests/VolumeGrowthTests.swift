import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Claims grow as their class and the driver let them.
@Suite struct VolumeGrowthTests {
    private static let claims = "/api/v1/namespaces/default/persistentvolumeclaims"
    private let path = "\(claims)/data-s-0"

    private func world(_ annotations: JSONValue = [:], storageClass: JSONValue = "standard") async throws -> World {
        let world = World()
        try await world.create(
            "/apis/storage.k8s.io/v1/storageclasses",
            [
                "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": "fixed"],
                "provisioner": "local/simulated",
            ])
        var set = statefulSet("s", claim: true)
        set[path: "spec", "volumeClaimTemplates"] = [
            [
                "metadata": ["name": "data", "annotations": annotations],
                "spec": [
                    "accessModes": ["ReadWriteOnce"], "storageClassName": storageClass,
                    "resources": ["requests": ["storage": "1Gi"]],
                ],
            ]
        ]
        try await world.create(Path.statefulSets, set)
        #expect(try await world.run { try await world.isReady("s-0") })
        try await world.pass(.seconds(5))
        return world
    }

    private func capacity(_ world: World) async throws -> String? {
        try await world.object(path)?[path: "status", "capacity", "storage"]?.stringValue
    }

    private func conditions(_ world: World) async throws -> [String] {
        (try await world.object(path)?[path: "status", "conditions"]?.arrayValue ?? []).compactMap { $0["type"]?.stringValue }
    }

    private static let larger: JSONValue = ["spec": ["resources": ["requests": ["storage": "2Gi"]]]]

    @Test func growsInUse() async throws {
        let world = try await world(["hollow/resize-delay": "20"])
        try await world.api.merge(path, Self.larger)
        #expect(try await world.run { try await conditions(world) == ["Resizing"] })
        #expect(try await world.run { try await capacity(world) == "2Gi" })
        #expect(try await conditions(world).isEmpty)
    }

    /// The class decides, in the words of the real admission plugin.
    @Test func classWithoutExpansion() async throws {
        let world = try await world(storageClass: "fixed")
        let answer = try await world.api.merge(path, Self.larger)
        #expect(answer.status == 403)
        let message =
            "persistentvolumeclaims \"data-s-0\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that "
            + "provisions the pvc must support resize"
        #expect(answer.message == message)
    }

    /// An offline volume grows at once and its file system with the next pod.
    @Test func offline() async throws {
        let world = try await world(["hollow/resize": "offline"])
        try await world.api.merge(path, Self.larger)
        #expect(try await world.run { try await conditions(world) == ["FileSystemResizePending"] })
        try await world.pass(.seconds(60))
        #expect(try await capacity(world) == "1Gi")
        try await world.api.call(.delete, "\(Path.pods)/s-0")
        #expect(try await world.run { try await capacity(world) == "2Gi" })
        #expect(try await conditions(world).isEmpty)
        #expect(try await world.run { try await world.isReady("s-0") })
    }

    /// A driver that fails says why on the claim.
    @Test func failure() async throws {
        let world = try await world(["hollow/resize-delay": "fail"])
        try await world.api.merge(path, Self.larger)
        #expect(try await world.run { try await conditions(world) == ["Resizing", "ControllerResizeError"] })
        #expect(try await capacity(world) == "1Gi")
    }

    /// A claim without a volume cannot change its size.
    @Test func unbound() async throws {
        let world = World()
        var claim: JSONValue = [
            "apiVersion": "v1", "kind": "PersistentVolumeClaim",
            "metadata": ["name": "data-s-0", "annotations": ["hollow/bind-delay": "never"]],
        ]
        claim["spec"] = ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]]
        try await world.create(Self.claims, claim)
        #expect(try await world.api.merge(path, Self.larger).status == 422)
    }
}
