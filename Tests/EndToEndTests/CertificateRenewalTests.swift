import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import MutualTLSPeers
import PKI
import SpiceTypes
import Testing

/// While certificates of nodes and their root CA are renewed, no handshake fails.
struct CertificateRenewalTests {
    @Test(arguments: ControlPlane.available.suffix(1)) func underLoad(_ kind: ControlPlane) async throws {
        try await World.certificates(kind, "renewal") { world in
            try await world.startCertificateServices(["--ca-lifetime", "36s", "--leaf-lifetime", "30s"])
            try await world.makeSecureCluster("c", executors: 2)
            try await world.readySecureCluster("c")
            let before = try await Self.authority(world)
            let load = try await MountedNodes.load(on: "c", in: world) { nodes, load in
                try await eventually("the root CA is renewed") { try await Self.authority(world).certificate != before.certificate }
                let renewed = try await Self.authority(world)
                #expect(renewed.certificate.matches(before.key))
                try await eventually("every node trusts the renewed certificate") {
                    for node in try await world.nodes(of: "c") {
                        let trusted = try Certificate.all(pem: try await world.files(node).authority)
                        guard trusted == [renewed.certificate] else { return false }
                    }
                    return true
                }
                try await nodes.rounds(2, of: load)
                #expect(nodes.all.allSatisfy { $0.reloads >= 3 }, "\(nodes.all.map(\.reloads))")
                #expect(nodes.all.allSatisfy { $0.refusals.isEmpty })
            }
            #expect(load.failures.isEmpty, "\(load.failures.prefix(3)) of \(load.handshakes)")
            #expect(load.handshakes > 100)
        }
    }

    private static func authority(_ world: World) async throws -> (certificate: Certificate, key: PrivateKey) {
        let secret = try await world.authority(of: "c")
        let certificate = try #require(try Certificate.all(pem: secret.secretBytes("tls.crt") ?? []).first)
        return (certificate, try PrivateKey(pem: secret.secretBytes("tls.key") ?? []))
    }
}
