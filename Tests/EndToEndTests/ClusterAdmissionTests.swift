import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// A cluster that could not run is refused when it is written, with every mistake by the fields of the version it is written in.
struct ClusterAdmissionTests {
    @Test(arguments: ControlPlane.available) func refused(_ kind: ControlPlane) async throws {
        try await World.with(kind, "cluster-admission") { world in
            try await world.enableAdmission(by: try await world.startController(of: .clusterController))
            let bad = world.cluster(
                "bad", schedulers: ["image": ["repository": "https://ghcr.io/spiceai/spiceai"]],
                executors: [
                    "volumeMounts": [["name": "nowhere", "mountPath": "/x"]], "cluster": ["bindAddress": "localhost:50052"],
                ])
            let refusal = await #expect(throws: APIError.self) { _ = try await world.client.create(.spicepodClusters, bad) }
            for field in [
                "spec.schedulerSpec.image.repository: ", "spec.executorSpec.volumeMounts[0].name: ",
                "spec.executorSpec.cluster.bindAddress: ",
            ] {
                #expect(refusal?.message.contains(field) == true, "\(field): \(refusal?.message ?? "")")
            }
            #expect(try await world.names(.spicepodClusters).isEmpty)

            try await world.makeCluster("good")
            let change = await #expect(throws: APIError.self) {
                try await world.changeCluster(
                    "good", ["schedulerSpec": ["image": ["repository": "https://ghcr.io/spiceai/spiceai"]]])
            }
            #expect(change?.message.contains("spec.schedulerSpec.image.repository: ") == true)
        }
    }

    /// The schema says it, or the webhook where the API server knows no CEL: with the same words, and where it was written alone.
    @Test(arguments: ControlPlane.available, ["", "0.0.0.0", "0.0.0.0:0"])
    func anAddressWithoutAPort(_ kind: ControlPlane, _ address: String) async throws {
        try await World.with(kind, "cluster-address") { world in
            try await world.enableAdmission(by: try await world.startController(of: .clusterController))
            let bad = world.cluster("bad", schedulers: ["cluster": ["bindAddress": .string(address)]], executors: [:])
            let refusal = await #expect(throws: APIError.self) { _ = try await world.client.create(.spicepodClusters, bad) }
            let message = refusal?.message ?? ""
            #expect(message.contains("spec.schedulerSpec.cluster.bindAddress: "), "\(message)")
            #expect(message.contains("write an IP address and a port, such as 0.0.0.0:50052"), "\(message)")
            #expect(!message.contains("schedulerAddress"), "\(message)")
        }
    }

    /// Executors fetch their Spicepod and have no probes: the schema says so, or the webhook where the API server knows no CEL.
    @Test(arguments: ControlPlane.available, ClusterPageTests.Written.allCases)
    func notForExecutors(_ kind: ControlPlane, _ written: ClusterPageTests.Written) async throws {
        try await World.with(kind, "cluster-executor") { world in
            try await world.enableAdmission(by: try await world.startController(of: .clusterController))
            let manifest = try written.manifest(in: world, insecure: true)
            let role = written == .v2 ? "executorSpec" : "executorSetSpec"
            let spicepod: JSONValue = ["version": "v1", "kind": "Spicepod", "name": "x"]
            let probes: JSONValue = ["liveness": ["periodSeconds": 5]]
            var withProbes = manifest
            withProbes[path: "spec", role, "probes"] = probes
            var withSpicepod = manifest
            withSpicepod[path: "spec", role, "spicepod"] = spicepod
            for bad in written == .v2 ? [withSpicepod, withProbes] : [withSpicepod] {
                let refusal = await #expect(throws: APIError.self) { _ = try await world.client.create(written.resource, bad) }
                #expect(refusal?.message.contains("spec.\(role)") == true, "\(refusal?.message ?? "")")
                #expect(refusal?.message.contains("executors") == true, "\(refusal?.message ?? "")")
            }
            #expect(try await world.names(.spicepodClusters).isEmpty)
            guard written == .v1alpha1 else { return }
            // as that version always has: they come back, and have no effect
            let taken = try await world.client.create(written.resource, withProbes)
            #expect(taken[path: "spec", role, "probes"] == probes)
            let stored = try await world.client.get(.spicepodClusters, world.key(manifest.name))
            #expect(stored[path: "spec", "executorSpec", "replicas"] == 3)
            #expect(stored[path: "spec", "executorSpec", "probes"] == nil)
        }
    }
}
