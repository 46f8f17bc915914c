import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Simulated pods live and die as a kubelet reports it, and fail as their annotations ask.
@Suite struct KubeletSimulationTests {
    private func state(_ world: World, _ name: String) async throws -> JSONValue {
        try await world.object("\(Path.pods)/\(name)")?[path: "status", "containerStatuses"]?[0] ?? [:]
    }

    private func reasons(_ world: World, _ name: String) async throws -> Set<String> {
        let events = try await world.items("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=\(name)")
        return Set(events.compactMap { $0["reason"]?.stringValue })
    }

    @Test func becomesReady() async throws {
        let world = World()
        try await world.create(Path.pods, pod("p"))
        #expect(try await world.run { try await world.isReady("p") })
        let found = try #require(try await world.object("\(Path.pods)/p"))
        #expect(found[path: "status", "phase"] == "Running")
        #expect(found[path: "status", "podIP"]?.stringValue?.hasPrefix("127.") == true)
        #expect(found[path: "spec", "nodeName"] != nil)
        #expect(try await state(world, "p")["started"] == true)
    }

    /// A pod waits for what it mounts and reads, says so, and goes on when it appears.
    @Test func waitsForReferences() async throws {
        let world = World()
        let spec: JSONValue = [
            "volumes": [["name": "v", "configMap": ["name": "late"]]],
            "containers": [["name": "c", "image": "i:1", "envFrom": [["secretRef": ["name": "later"]]]]],
        ]
        try await world.create(Path.pods, pod("p", spec: spec))
        #expect(try await world.run { try await reasons(world, "p").contains("FailedMount") })
        #expect(try await state(world, "p")[path: "state", "waiting", "reason"] == "ContainerCreating")
        try await world.create(Path.configMaps, configMap("late", ["a": "b"]))
        #expect(
            try await world.run { try await state(world, "p")[path: "state", "waiting", "reason"] == "CreateContainerConfigError" })
        try await world.create(
            "/api/v1/namespaces/default/secrets", ["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "later"]])
        #expect(try await world.run { try await world.isReady("p") })
    }

    @Test func crashLoop() async throws {
        let world = World()
        try await world.create(Path.pods, pod("p", annotations: ["hollow/fail": "oom"]))
        #expect(try await world.run { try await state(world, "p")["restartCount"]?.intValue ?? 0 >= 3 })
        #expect(try await world.run { try await state(world, "p")[path: "state", "waiting", "reason"] == "CrashLoopBackOff" })
        #expect(try await state(world, "p")[path: "lastState", "terminated", "reason"] == "OOMKilled")
        #expect(try await reasons(world, "p").contains("BackOff"))
        try await world.api.merge("\(Path.pods)/p", ["metadata": ["annotations": ["hollow/fail": .null]]])
        #expect(try await world.run { try await world.isReady("p") })
    }

    @Test func imagePull() async throws {
        let world = World()
        try await world.create(Path.pods, pod("p", annotations: ["hollow/fail": "image"]))
        #expect(try await world.run { try await state(world, "p")[path: "state", "waiting", "reason"] == "ImagePullBackOff" })
        #expect(try await reasons(world, "p").isSuperset(of: ["Failed", "BackOff"]))
    }

    @Test func phases() async throws {
        let world = World()
        try await world.create(Path.pods, pod("evicted", annotations: ["hollow/phase": "Failed", "hollow/reason": "Evicted"]))
        try await world.create(Path.pods, pod("stuck", annotations: ["hollow/phase": "Pending"]))
        #expect(try await world.run { try await world.object("\(Path.pods)/evicted")?[path: "status", "phase"] == "Failed" })
        #expect(try await world.object("\(Path.pods)/evicted")?[path: "status", "reason"] == "Evicted")
        #expect(try await world.object("\(Path.pods)/stuck")?[path: "status", "phase"] == "Pending")
    }

    /// Init containers run first and to their end; sidecars keep running.
    @Test func initContainers() async throws {
        let world = World()
        let spec: JSONValue = [
            "initContainers": [["name": "i", "image": "i:1"], ["name": "side", "image": "i:1", "restartPolicy": "Always"]]
        ]
        try await world.create(Path.pods, pod("p", spec: spec))
        #expect(try await world.run { try await world.isReady("p") })
        let inits = try await world.object("\(Path.pods)/p")?[path: "status", "initContainerStatuses"]
        #expect(inits?[0]?[path: "state", "terminated", "exitCode"] == 0)
        #expect(inits?[1]?[path: "state", "running"] != nil)
    }

    /// A deleted pod stays until its containers have stopped, at most its grace period.
    @Test func deletion() async throws {
        let world = World()
        try await world.create(Path.pods, pod("p", annotations: ["hollow/ignore-term": "true"]))
        #expect(try await world.run { try await world.isReady("p") })
        try await world.api.call(.delete, "\(Path.pods)/p?gracePeriodSeconds=20")
        try await world.pass(.seconds(10))
        #expect(try await world.object("\(Path.pods)/p")?[path: "metadata", "deletionTimestamp"] != nil)
        #expect(try await world.run(within: .seconds(15)) { try await world.object("\(Path.pods)/p") == nil })
    }

    /// A grown claim grows, in its own time.
    @Test func volumeGrowth() async throws {
        let world = World()
        let path = "/api/v1/namespaces/default/persistentvolumeclaims"
        try await world.create(
            path,
            [
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": ["name": "c"],
                "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
            ])
        #expect(try await world.run { try await world.object("\(path)/c")?[path: "status", "phase"] == "Bound" })
        #expect(try await world.object("\(path)/c")?[path: "spec", "storageClassName"] == "standard")
        try await world.api.merge("\(path)/c", ["spec": ["resources": ["requests": ["storage": "2Gi"]]]])
        #expect(try await world.run { try await world.object("\(path)/c")?[path: "status", "capacity", "storage"] == "2Gi" })
        let shrunk = try await world.api.merge("\(path)/c", ["spec": ["resources": ["requests": ["storage": "1Gi"]]]])
        #expect(shrunk.status == 422)
        try await world.api.merge("/apis/storage.k8s.io/v1/storageclasses/standard", ["allowVolumeExpansion": false])
        let refused = try await world.api.merge("\(path)/c", ["spec": ["resources": ["requests": ["storage": "3Gi"]]]])
        #expect(refused.status == 403)
        #expect(refused.message.contains("must support resize"))
    }
}
