import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// The page's cluster, in either version, becomes nodes that find each other, and goes without a trace.
struct ClusterPageTests {
    enum Written: String, Sendable, CaseIterable, CustomTestStringConvertible {
        case v1alpha1, v2

        var resource: ResourceType { self == .v2 ? .spicepodClusters : .spicepodClustersV1alpha1 }
        var testDescription: String { rawValue }

        func manifest(in world: World, insecure: Bool) throws -> JSONValue {
            var manifest = try Pages.manifests("cluster-\(rawValue)")[0]
            manifest[path: "metadata", "namespace"] = .string(world.namespace)
            if insecure { manifest[path: "spec", "allowInsecureConnections"] = true }
            return manifest
        }
    }

    @Test(arguments: ControlPlane.available, Written.allCases) func insecure(_ kind: ControlPlane, _ written: Written) async throws
    {
        try await World.with(kind, "cluster-page") { world in
            try await world.enableAdmission(by: try await world.startClusterServices())
            let before = try await world.everything()
            let manifest = try written.manifest(in: world, insecure: true)
            _ = try await world.client.create(written.resource, manifest)
            try await world.readyCluster("my-cluster")
            try await Self.expectItReadsBack(manifest, written, world)
            try await Self.expectStatus(written, world)
            try await Self.expectNodes(world)
            try await Self.expectPortsApart(world)

            _ = try await world.client.delete(.spicepodClusters, world.key("my-cluster"))
            try await eventually("nothing is left") { try await world.everything() == before }
        }
    }

    /// As it was written, with defaults added and nothing else.
    private static func expectItReadsBack(_ manifest: JSONValue, _ written: Written, _ world: World) async throws {
        let stored = try await world.client.get(written.resource, world.key("my-cluster"))
        #expect(stored["apiVersion"] == manifest["apiVersion"])
        for (role, fields) in manifest["spec"]?.objectValue ?? [:] {
            for (field, value) in fields.objectValue ?? [:] {
                #expect(stored[path: "spec", role, field] == value, "\(role).\(field)")
            }
        }
    }

    private static func expectStatus(_ written: Written, _ world: World) async throws {
        let status = try await world.client.get(written.resource, world.key("my-cluster"))["status"]
        #expect(status?["schedulerSpicepodsetName"] == "my-cluster-scheduler")
        #expect(status?["executorSpicepodsetName"] == "my-cluster-executor")
        #expect(status?["schedulerReadyReplicas"] == 1 && status?["executorReadyReplicas"] == 3)
        // what the upgrade page's check reads
        #expect(status?[path: "executors", "ready"] == 3 && status?[path: "schedulers", "ready"] == 1)
        let cluster = try await world.client.get(.spicepodClusters, world.key("my-cluster"))
        #expect(cluster.condition("Progressing")?["reason"] == "Complete")
        #expect(cluster.condition("Paused")?["status"] == "False")
        #expect(cluster.condition("Warning")?["reason"] == "InsecureConnections")
    }

    private static func expectNodes(_ world: World) async throws {
        let cluster = try await world.client.get(.spicepodClusters, world.key("my-cluster"))
        let sets = try await world.list(.spicepodSets)
        #expect(sets.map(\.name) == ["my-cluster-executor", "my-cluster-scheduler"])
        #expect(sets.allSatisfy { $0[path: "metadata", "ownerReferences"]?[0]?["uid"]?.stringValue == cluster.uid })
        #expect(sets.map { $0[path: "status", "role"] } == ["executor", "scheduler"])
        for object in try await sets + world.list(.pods) + world.list(.statefulSets) {
            #expect(object.labels["spice.ai/cluster"] == "my-cluster", "\(object.name)")
            #expect(object.labels["spice.ai/cluster-role"].map { object.name.contains($0) } == true, "\(object.name)")
        }
        #expect(try await world.pods(.scheduler).map(\.name) == ["my-cluster-scheduler-0-0"])
        let executors = try await world.pods(.executor)
        #expect(executors.map(\.name) == (0..<3).map { "my-cluster-executor-\($0)-0" })
        for executor in executors {
            let arguments = executor[path: "spec", "containers"]?[0]?["args"]?.text ?? ""
            #expect(arguments.contains("http://my-cluster-discovery.\(world.namespace).svc.cluster.local:50052"), "\(arguments)")
            #expect(arguments.contains("--allow-insecure-connections"))
        }
    }

    /// The port between nodes is offered by the discovery Service alone, which lists the schedulers.
    private static func expectPortsApart(_ world: World) async throws {
        var ports: [String: [Int64]] = [:]
        for service in try await world.list(.services) {
            ports[service.name] = (service[path: "spec", "ports"]?.arrayValue ?? []).compactMap { $0["port"]?.intValue }
        }
        #expect(Set(ports["my-cluster-scheduler"] ?? []) == [8080, 8090, 50051, 9090])
        #expect(ports["my-cluster-executor"] == nil)
        #expect(ports.filter { $0.value.contains(50052) } == ["my-cluster-discovery": [50052]])
        let discovery = try await world.client.get(.services, world.key("my-cluster-discovery"))
        #expect(discovery[path: "spec", "clusterIP"] == "None")
        let history = EndpointHistory()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await history.record("my-cluster-discovery", in: world) }
            try await eventually("the scheduler is listed") { history.states.last == ["my-cluster-scheduler-0-0"] }
            group.cancelAll()
        }
    }
}

extension World {
    /// Names of what there is in the namespace, by kind; events apart.
    fileprivate func everything() async throws -> [String: [String]] {
        let resources: [ResourceType] = [
            .spicepodClusters, .spicepodSets, .statefulSets, .deployments, .pods, .services, .configMaps, .secrets,
            .persistentVolumeClaims, .podDisruptionBudgets, .serviceAccounts, .networkPolicies, .endpointSlices,
        ]
        var names: [String: [String]] = [:]
        for resource in resources { names[resource.plural] = try await self.names(resource) }
        return names
    }
}
