import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import MutualTLSPeers
import PKI
import SpiceTypes
import Testing

/// Any two nodes of a cluster accept each other under their DNS names. Nobody accepts a stranger, a certificate that has expired, or a
/// node of another cluster, and none of these accepts a node.
struct CertificateHandshakeTests {
    @Test(arguments: ControlPlane.available) func nodesOfOneCluster(_ kind: ControlPlane) async throws {
        try await World.certificates(kind, "handshake") { world in
            try await world.startCertificateServices()
            try await world.makeSecureCluster("c", schedulers: 2, executors: 2)
            try await world.makeSecureCluster("other", executors: 1)
            for name in ["c", "other"] { try await world.readySecureCluster(name) }
            let nodes = try await world.nodes(of: "c")
            #expect(nodes.count == 4)

            var handshakes = Handshakes()
            for node in nodes { try handshakes.add(node, host: world.host(node), try await world.files(node)) }
            try handshakes.add("other", host: world.host("other-executor-0"), try await world.files("other-executor-0"))
            let root = try await Root(world.authority(of: "c"))
            try handshakes.add("expired", host: world.host(nodes[0]), try root.issue(world.host(nodes[0]), lasting: .seconds(-60)))
            try handshakes.add("stranger", host: world.host(nodes[0]), try Root().issue(world.host(nodes[0])))

            #expect(try await handshakes.verified() == Set(nodes + ["other", "stranger"]))
            let pairs = nodes.flatMap { client in nodes.filter { $0 != client }.map { "\(client) \($0)" } }
            #expect(try await handshakes.accepted() == Set(pairs))
        }
    }
}

/// An authority in the hands of a test.
private struct Root {
    private let certificate: Certificate
    private let key: PrivateKey
    private let now = Timestamp(unixSeconds: Int64(Date().timeIntervalSince1970))

    init() throws {
        key = try PrivateKey.generate()
        certificate = try Certificate.selfSigned(
            CertificateProfile(
                commonName: "stranger", purpose: .authority, notBefore: now + .seconds(-60), notAfter: now + .seconds(3600)),
            key: key)
    }

    init(_ secret: JSONValue) throws {
        key = try PrivateKey(pem: secret.secretBytes("tls.key") ?? [])
        certificate = try #require(try Certificate.all(pem: secret.secretBytes("tls.crt") ?? []).first)
    }

    func issue(_ host: String, lasting: Duration = .seconds(3600)) throws -> NodeFiles {
        let leafKey = try PrivateKey.generate()
        let leaf = try certificate.issue(
            CertificateProfile(
                commonName: "node", purpose: .peer, names: [.dns(host)], notBefore: now + .seconds(-600), notAfter: now + lasting),
            key: leafKey, issuerKey: key)
        return NodeFiles(
            authority: Array(try certificate.pem().utf8), certificate: Array(try leaf.pem().utf8),
            key: Array(try leafKey.pem().utf8))
    }
}
