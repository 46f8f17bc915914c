import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// With every service at work, from nothing and in whatever order they start, the page's cluster gets Ready as it is written.
@Suite(.enabled(if: TestedService.certManager.isBuilt, "no cert-manager"))
struct ClusterMutualTLSTests {
    /// On a control plane of its own: cert-manager looks after every webhook there is.
    @Test(arguments: ControlPlane.available) func page(_ kind: ControlPlane) async throws {
        let start = { kind == .real ? try await RunningControlPlane.startReal() : try await RunningControlPlane.startEmbedded() }
        try await World.with(start, "mtls") { world in
            try await world.startUnserved([.setController, .clusterController])
            try await world.startController(of: .certManager)
            for written in ClusterPageTests.Written.allCases {
                let manifest = try written.manifest(in: world, insecure: false)
                try await eventually("it is taken") { try await world.isTaken(manifest, as: written.resource) }
                for service in world.services { try await service.awaitReady() }
                let cluster = try await world.readyCluster("my-cluster")
                #expect(cluster[path: "status", "rootCertificateReady"] == true)
                #expect(cluster.condition("CertificatesReady")?["status"] == "True")
                let statefulSets = try await world.names(.statefulSets)
                #expect(statefulSets.count == 4)
                let secrets = try await world.names(.secrets)
                #expect(Set(secrets).isSuperset(of: statefulSets.map { NodeCertificate.secret(statefulSet: $0) }))
                let authority = ClusterNames(cluster: "my-cluster").authoritySecret(namespace: world.namespace)
                #expect(secrets.contains(authority))

                _ = try await world.client.delete(.spicepodClusters, world.key("my-cluster"))
                try await eventually("its certificates go with it") {
                    try await world.names(.secrets).allSatisfy { !$0.hasPrefix("my-cluster") && $0 != authority }
                }
            }
        }
    }
}

extension World {
    /// Services whose webhooks have no certificate yet.
    fileprivate func startUnserved(_ services: [TestedService]) async throws {
        for service in services {
            _ = try await client.delete(.secrets, key(service.servingSecret))
            let controller = try await startController(of: service, awaitsReady: false)
            try await plane.convert(by: controller)
        }
    }

    /// Nothing is converted before the converter has its certificate.
    fileprivate func isTaken(_ manifest: JSONValue, as resource: ResourceType) async throws -> Bool {
        do {
            _ = try await client.create(resource, manifest)
            return true
        } catch {
            guard error.message.contains("conversion webhook") else { throw error }
            return false
        }
    }
}
