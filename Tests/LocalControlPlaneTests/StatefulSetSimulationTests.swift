import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// The simulated StatefulSet controller keeps the real one's promises.
@Suite struct StatefulSetSimulationTests {
    private func status(_ world: World, _ name: String = "s") async throws -> JSONValue {
        try await world.object("\(Path.statefulSets)/\(name)")?["status"] ?? [:]
    }

    private func isComplete(_ world: World, _ replicas: Int64) async throws -> Bool {
        try await status(world)["readyReplicas"]?.intValue == replicas
    }

    /// One after the other by default, each only when the one before is ready.
    @Test func inOrder() async throws {
        let world = World()
        try await world.create(Path.statefulSets, statefulSet("s", replicas: 3, claim: true))
        #expect(try await world.run { try await world.isReady("s-0") })
        #expect(try await world.object("\(Path.pods)/s-2") == nil)
        #expect(try await world.run { try await isComplete(world, 3) })
        let status = try await status(world)
        #expect(status["observedGeneration"] == 1)
        #expect(status["availableReplicas"] == 3)
        #expect(status["currentRevision"] == status["updateRevision"])
        let claims = try await world.items("/api/v1/namespaces/default/persistentvolumeclaims")
        #expect(claims.compactMap { $0[path: "metadata", "name"]?.stringValue } == ["data-s-0", "data-s-1", "data-s-2"])
        #expect(claims.allSatisfy { $0[path: "status", "phase"] == "Bound" })
        let pod = try #require(try await world.object("\(Path.pods)/s-1"))
        #expect(pod[path: "metadata", "labels", "apps.kubernetes.io/pod-index"] == "1")
        #expect(pod[path: "spec", "subdomain"] == "s")
        #expect(pod[path: "metadata", "ownerReferences"]?[0]?["kind"] == "StatefulSet")
    }

    /// Parallel sets do not wait: a pod that never gets ready stops nobody.
    @Test func inParallel() async throws {
        let world = World()
        try await world.create(
            Path.statefulSets, statefulSet("s", replicas: 3, policy: "Parallel", annotations: ["hollow/not-ready": "true"]))
        #expect(try await world.run { try await world.items(Path.pods).count == 3 })
    }

    /// OnDelete leaves the pods alone until someone deletes them; then they come back new.
    @Test func onDelete() async throws {
        let world = World()
        try await world.create(Path.statefulSets, statefulSet("s", replicas: 2, strategy: "OnDelete"))
        #expect(try await world.run { try await isComplete(world, 2) })
        let before = try await status(world)
        _ = try await world.api.apply(
            "\(Path.statefulSets)/s", as: "a", force: true, statefulSet("s", replicas: 2, image: "spiced:2", strategy: "OnDelete"))
        try await world.pass(.seconds(60))
        func image(_ name: String) async throws -> JSONValue? {
            try await world.object("\(Path.pods)/\(name)")?[path: "spec", "containers"]?[0]?["image"]
        }
        #expect(try await image("s-0") == "spiced:1")
        let after = try await status(world)
        #expect(after["updateRevision"] != before["updateRevision"])
        #expect(after["currentRevision"] == before["currentRevision"])
        try await world.api.call(.delete, "\(Path.pods)/s-1")
        #expect(try await world.run { try await image("s-1") == "spiced:2" })
        #expect(try await image("s-0") == "spiced:1")
    }

    /// RollingUpdate replaces one pod at a time from the end, and stops at one that does not get ready.
    @Test func rolling() async throws {
        let world = World()
        try await world.create(Path.statefulSets, statefulSet("s", replicas: 2))
        #expect(try await world.run { try await isComplete(world, 2) })
        let stuck = statefulSet("s", replicas: 2, image: "spiced:2", annotations: ["hollow/not-ready": "true"])
        _ = try await world.api.apply("\(Path.statefulSets)/s", as: "a", force: true, stuck)
        try await world.pass(.seconds(120))
        #expect(try await world.isReady("s-0"))
        #expect(try await world.isReady("s-1") == false)
        #expect(try await status(world)["updatedReplicas"] == 1)
        // The real controller waits for the broken pod even when the template is good again: kubernetes/kubernetes#67250.
        _ = try await world.api.apply(
            "\(Path.statefulSets)/s", as: "a", force: true, statefulSet("s", replicas: 2, image: "spiced:3"))
        try await world.pass(.seconds(120))
        #expect(try await world.isReady("s-1") == false)
        try await world.api.call(.delete, "\(Path.pods)/s-1")
        #expect(
            try await world.run {
                let status = try await status(world)
                return status["currentRevision"] == status["updateRevision"] && status["readyReplicas"] == 2
            })
    }

    /// Going back to a former template reuses its revision.
    @Test func revisions() async throws {
        let world = World()
        try await world.create(Path.statefulSets, statefulSet("s"))
        #expect(try await world.run { try await isComplete(world, 1) })
        let first = try await status(world)["updateRevision"]
        for image in ["spiced:2", "spiced:1"] {
            _ = try await world.api.apply("\(Path.statefulSets)/s", as: "a", force: true, statefulSet("s", image: image))
            #expect(
                try await world.run {
                    let status = try await status(world)
                    return status["observedGeneration"] == .int(image == "spiced:2" ? 2 : 3)
                        && status["currentRevision"] == status["updateRevision"] && status["readyReplicas"] == 1
                })
        }
        #expect(try await status(world)["updateRevision"] == first)
        #expect(try await world.items("/apis/apps/v1/namespaces/default/controllerrevisions").count == 2)
    }

    /// A set deleted without its pods can be made again and takes them back.
    @Test func adoption() async throws {
        let world = World()
        try await world.create(Path.statefulSets, statefulSet("s", replicas: 2))
        #expect(try await world.run { try await isComplete(world, 2) })
        let uid = try await world.object("\(Path.pods)/s-0")?[path: "metadata", "uid"]
        try await world.api.call(.delete, "\(Path.statefulSets)/s?propagationPolicy=Orphan")
        try await world.pass(.seconds(10))
        let orphan = try #require(try await world.object("\(Path.pods)/s-0"))
        #expect(orphan[path: "metadata", "ownerReferences"] == nil)
        try await world.create(Path.statefulSets, statefulSet("s", replicas: 2))
        #expect(try await world.run { try await isComplete(world, 2) })
        #expect(try await world.object("\(Path.pods)/s-0")?[path: "metadata", "uid"] == uid)
    }

    /// Scaling down takes the highest ordinals; claims stay unless the policy says otherwise.
    @Test func scaleDown() async throws {
        let world = World()
        var set = statefulSet("s", replicas: 2, claim: true)
        set[path: "spec", "persistentVolumeClaimRetentionPolicy"] = ["whenScaled": "Delete", "whenDeleted": "Retain"]
        try await world.create(Path.statefulSets, set)
        #expect(try await world.run { try await isComplete(world, 2) })
        try await world.api.merge("\(Path.statefulSets)/s/scale", ["spec": ["replicas": 1]])
        #expect(try await world.run { try await world.items("/api/v1/namespaces/default/persistentvolumeclaims").count == 1 })
        #expect(try await world.object("\(Path.pods)/s-1") == nil)
        #expect(try await world.object("\(Path.pods)/s-0") != nil)
    }
}
