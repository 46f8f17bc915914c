import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Owners, namespaces, services and time, in a simulated cluster.
@Suite struct ClusterSimulationTests {
    /// What lost its owner goes; what has another stays.
    @Test func garbageCollection() async throws {
        let world = World()
        func owner(_ name: String) async throws -> JSONValue {
            let created = try await world.api.call(.post, Path.configMaps, configMap(name, [:]))
            return [
                "apiVersion": "v1", "kind": "ConfigMap", "name": .string(name), "uid": created.body[path: "metadata", "uid"] ?? "",
                "blockOwnerDeletion": true,
            ]
        }
        let (one, two) = (try await owner("one"), try await owner("two"))
        var only = configMap("only", [:])
        only[path: "metadata", "ownerReferences"] = [one]
        var both = configMap("both", [:])
        both[path: "metadata", "ownerReferences"] = [one, two]
        try await world.create(Path.configMaps, only)
        try await world.create(Path.configMaps, both)
        try await world.api.call(.delete, "\(Path.configMaps)/one")
        world.simulation.step()
        #expect(try await world.object("\(Path.configMaps)/only") == nil)
        #expect(try await world.object("\(Path.configMaps)/both")?[path: "metadata", "ownerReferences"] == [two])
    }

    /// In the foreground the owner waits for its dependents.
    @Test func foregroundDeletion() async throws {
        let world = World()
        try await world.create(Path.statefulSets, statefulSet("s"))
        #expect(try await world.run { try await world.isReady("s-0") })
        try await world.api.call(.delete, "\(Path.statefulSets)/s?propagationPolicy=Foreground")
        world.simulation.step()
        #expect(try await world.object("\(Path.statefulSets)/s") != nil)
        #expect(try await world.run { try await world.object("\(Path.statefulSets)/s") == nil })
        #expect(try await world.object("\(Path.pods)/s-0") == nil)
    }

    /// A deleted namespace is emptied, pods with their grace, and then goes.
    @Test func namespaceDeletion() async throws {
        let world = World()
        try await world.create("/api/v1/namespaces", ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "n"]])
        try await world.create("/apis/apps/v1/namespaces/n/statefulsets", statefulSet("s", claim: true))
        #expect(try await world.run { try await world.items("/api/v1/namespaces/n/pods").count == 1 })
        try await world.pass(.seconds(5))
        try await world.api.call(.delete, "/api/v1/namespaces/n")
        #expect(try await world.run { try await world.object("/api/v1/namespaces/n") == nil })
        #expect(try await world.items("/api/v1/pods").isEmpty)
        #expect(try await world.items("/api/v1/persistentvolumes").isEmpty)
    }

    /// Services point at ready pods only.
    @Test func endpoints() async throws {
        let world = World()
        try await world.create(
            Path.services,
            [
                "apiVersion": "v1", "kind": "Service", "metadata": ["name": "s"],
                "spec": ["selector": ["app": "s"], "ports": [["name": "http", "port": 80, "targetPort": "http"]]],
            ])
        try await world.create(Path.statefulSets, statefulSet("s"))
        #expect(try await world.run { try await world.isReady("s-0") })
        world.simulation.step()
        let address = try await world.object("\(Path.pods)/s-0")?[path: "status", "podIP"]
        let endpoints = try await world.object("/api/v1/namespaces/default/endpoints/s")
        #expect(endpoints?["subsets"]?[0]?["addresses"]?[0]?["ip"] == address)
        #expect(endpoints?["subsets"]?[0]?["ports"]?[0]?["port"] == 8090)
        try await world.api.merge("\(Path.pods)/s-0", ["metadata": ["annotations": ["hollow/not-ready": "true"]]])
        #expect(
            try await world.run {
                try await world.object("/api/v1/namespaces/default/endpoints/s")?["subsets"]?[0]?["notReadyAddresses"] != nil
            })
        let slices = try await world.items("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices")
        #expect(slices.first?["endpoints"]?[0]?[path: "conditions", "ready"] == false)
    }

    /// A Deployment replaces its pods without falling below what it promises.
    @Test func deployment() async throws {
        let world = World()
        let path = "/apis/apps/v1/namespaces/default/deployments"
        func deployment(_ image: String) -> JSONValue {
            [
                "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "d"],
                "spec": [
                    "replicas": 4, "selector": ["matchLabels": ["app": "d"]],
                    "template": [
                        "metadata": ["labels": ["app": "d"]], "spec": ["containers": [["name": "c", "image": .string(image)]]],
                    ],
                ],
            ]
        }
        func isDone(_ generation: Int64) async throws -> Bool {
            let status = try await world.object("\(path)/d")?["status"] ?? [:]
            return status["observedGeneration"] == .int(generation) && status["updatedReplicas"] == 4
                && status["availableReplicas"] == 4 && status["replicas"] == 4
        }
        try await world.create(path, deployment("i:1"))
        #expect(try await world.run { try await isDone(1) })
        _ = try await world.api.apply("\(path)/d", as: "a", force: true, deployment("i:2"))
        #expect(
            try await world.run {
                let ready = try await world.items(Path.pods).filter { pod in
                    (pod[path: "status", "conditions"]?.arrayValue ?? []).contains {
                        $0["type"] == "Ready" && $0["status"] == "True"
                    }
                }
                if ready.count < 3 { Issue.record("only \(ready.count) ready") }
                return try await isDone(2)
            })
        let images = Set(
            try await world.items(Path.pods).filter { $0[path: "metadata", "deletionTimestamp"] == nil }.compactMap {
                $0[path: "spec", "containers"]?[0]?["image"]?.stringValue
            })
        #expect(images == ["i:2"])
    }

    /// A settled cluster writes nothing, however long it runs.
    @Test func idle() async throws {
        let world = World()
        try await world.create(Path.statefulSets, statefulSet("s", replicas: 3, claim: true))
        #expect(try await world.run { try await world.object("\(Path.statefulSets)/s")?[path: "status", "readyReplicas"] == 3 })
        try await world.pass(.seconds(5))
        let before = world.api.server.revision
        try await world.pass(.seconds(3600))
        #expect(world.api.server.revision == before)
    }

    /// The same steps at the same times give the same cluster, uids included.
    @Test func determinism() async throws {
        func run() async throws -> [JSONValue] {
            let world = World()
            try await world.create(
                Path.statefulSets, statefulSet("s", replicas: 3, annotations: ["hollow/fail": "crashloop"], claim: true))
            try await world.pass(.seconds(120))
            var all: [JSONValue] = []
            for path in [Path.pods, Path.statefulSets, "/api/v1/events", "/api/v1/persistentvolumes"] {
                all += try await world.items(path)
            }
            return all
        }
        let first = try await run()
        #expect(first.count > 5)
        #expect(try await run() == first)
    }
}
