import Foundation
import Glibc
import JSON
import KubernetesClient
import KubernetesModel
import MutualTLSPeers
import SpiceTypes
import Testing

/// Replacing a root CA's key has a window that is as long as its files take to reach the nodes, is finished by whoever comes after a
/// crash, and leaves every node with the new root.
struct CertificateRotationTests {
    @Test(arguments: ControlPlane.available.suffix(1)) func window(_ kind: ControlPlane) async throws {
        try await World.certificates(kind, "rotation") { world in
            try await world.startCertificateServices()
            try await world.makeSecureCluster("c", schedulers: 2, executors: 3)
            try await world.readySecureCluster("c")
            var span = Duration.zero
            let load = try await MountedNodes.load(on: "c", in: world, delay: .milliseconds(500)) { nodes, load in
                try await world.requestKeyReplacement("c", "1")
                try await world.settled("c", "1")
                try await eventually("every node has read its files") { nodes.all.allSatisfy { $0.reloads == 2 } }
                span = nodes.deliverySpan
                let failures = load.failures.count
                try await nodes.rounds(3, of: load)
                // one of those under way may have begun before
                #expect(load.failures.count <= failures + 1)
            }
            let window = load.window ?? .zero
            print(
                "Key replacement, 5 nodes: \(load.failures.count) of \(load.handshakes) handshakes failed in \(window); files in \(span)"
            )
            // five kubelets, each half a second after the one before
            #expect(span > .seconds(1) && span < .seconds(5))
            #expect(!load.failures.isEmpty)
            // a handshake that began within it may end later
            #expect(window < span + .seconds(1))
            try await world.expectOneRoot("c")
            #expect(try await world.readySecureCluster("c").condition("CertificatesReady")?["reason"] == "Issued")
        }
    }

    /// Killed between the new key and the last node's certificate.
    @Test(arguments: ControlPlane.available) func killed(_ kind: ControlPlane) async throws {
        try await World.certificates(kind, "killed") { world in
            var certManager = try await world.startCertificateServices(["--concurrency", "1"])
            try await world.makeSecureCluster("c", executors: 4)
            try await world.readySecureCluster("c")
            var interrupted = 0
            for request in 1...6 where interrupted == 0 {
                try await world.requestKeyReplacement("c", "\(request)")
                try await eventually("the new key is there", every: .milliseconds(1)) {
                    try await world.authority(of: "c").annotation(AnnotationKey.rotateCA) == "\(request)"
                }
                certManager.program.signal(SIGKILL)
                _ = try await certManager.program.exited()
                if try await world.authority(of: "c").annotation("spice.ai/rotation") == "switching" { interrupted += 1 }
                certManager = try await world.startController("a", ["--concurrency", "1"], of: .certManager)
                try await world.settled("c", "\(request)")
                try await world.expectOneRoot("c")
            }
            #expect(interrupted == 1)
            #expect(try await world.readySecureCluster("c").condition("CertificatesReady")?["reason"] == "Issued")
        }
    }
}

extension World {
    fileprivate func settled(_ cluster: String, _ request: String) async throws {
        try await eventually("request \(request) is settled", every: .milliseconds(20)) {
            let secret = try await authority(of: cluster)
            return secret.annotation(AnnotationKey.rotateCA) == request && secret.annotation("spice.ai/rotation") == nil
        }
    }

    /// The one that stands, and a certificate from it for every node.
    fileprivate func expectOneRoot(_ cluster: String) async throws {
        let root = try await authority(of: cluster).secretBytes("tls.crt")
        var handshakes = Handshakes()
        let nodes = try await nodes(of: cluster)
        for node in nodes {
            let files = try await files(node)
            #expect(files.authority == root)
            try handshakes.add(node, host: host(node), files)
        }
        #expect(try await handshakes.verified() == Set(nodes))
    }
}
