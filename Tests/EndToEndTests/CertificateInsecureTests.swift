import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Keys of nodes that were told to talk without certificates go, also where nobody saw it happen, and come back new.
struct CertificateInsecureTests {
    @Test(arguments: ControlPlane.available) func keysGoAndComeBack(_ kind: ControlPlane) async throws {
        try await World.certificates(kind, "insecure") { world in
            let certManager = try await world.startCertificateServices()
            try await world.makeSecureCluster("c", executors: 1)
            try await world.readySecureCluster("c")
            let names = ["c-executor-0-mtls", "c-scheduler-0-mtls"]
            #expect(try await world.keys() == names)

            certManager.program.signal(SIGTERM)
            _ = try await certManager.program.exited()
            try await world.allowInsecureConnections(true)
            try await eventually("every node is without the label", within: .seconds(120)) {
                try await world.nodes(of: "c").isEmpty
            }
            try await world.startController("b", of: .certManager, awaitsReady: false)
            try await eventually("the keys are gone", within: .seconds(60)) { try await world.keys().isEmpty }
            try await world.readySecureCluster("c")

            try await world.allowInsecureConnections(false)
            try await eventually("every node has a new key", within: .seconds(120)) { try await world.keys() == names }
            try await world.readySecureCluster("c")
            try await world.condition(
                "c", "CertificatesReady", "True", reason: "Issued", of: .spicepodClusters, within: .seconds(60))
        }
    }
}

extension World {
    /// Secrets of nodes' certificates.
    fileprivate func keys() async throws -> [String] {
        let labels = "\(LabelKey.cluster)=c,\(LabelKey.clusterRole)"
        return try await client.list(.secrets, namespace: namespace, selector: Selector(labels: labels)).items.map(\.name).sorted()
    }

    fileprivate func allowInsecureConnections(_ value: Bool) async throws {
        _ = try await client.patch(
            .spicepodClusters, key("c"), .merge(["spec": ["allowInsecureConnections": .bool(value)]]))
    }
}
