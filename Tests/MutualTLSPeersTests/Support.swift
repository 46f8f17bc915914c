import Glibc
import KubernetesModel
import MutualTLSPeers
import NIOPosix
import PKI
import Testing

/// The authority of one cluster.
struct Authority {
    var key: PrivateKey
    var certificate: Certificate

    /// - Parameter key: of an authority that is renewed.
    init(_ name: String = "cluster", key: PrivateKey? = nil) throws {
        self.key = try key ?? PrivateKey.generate()
        let now = WallClock.now()
        certificate = try Certificate.selfSigned(
            CertificateProfile(
                commonName: name, purpose: .authority, notBefore: now + .seconds(-900), notAfter: now + .seconds(3600)),
            key: self.key)
    }

    /// A node's files.
    /// - Parameter trusting: certificates of `ca.crt`; nil is this authority's own.
    func files(
        _ host: String, purpose: CertificateProfile.Purpose = .peer, from: Duration = .seconds(-900),
        until: Duration = .seconds(1800), trusting: [Certificate]? = nil
    ) throws -> NodeFiles {
        let now = WallClock.now()
        let leafKey = try PrivateKey.generate()
        let leaf = try certificate.issue(
            CertificateProfile(
                commonName: host, purpose: purpose, names: [.dns(host)], notBefore: now + from, notAfter: now + until),
            key: leafKey, issuerKey: key)
        let bundle = try (trusting ?? [certificate]).map { try $0.pem() }.joined()
        return NodeFiles(authority: Array(bundle.utf8), certificate: Array(try leaf.pem().utf8), key: Array(try leafKey.pem().utf8))
    }
}

/// Nodes that run, with their files in a directory that goes with them.
final class Nodes {
    static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let directory: String
    private(set) var all: [ClusterNode] = []
    private(set) var mounts: [MountedSecret] = []

    init() throws {
        var template = Array("/tmp/peers-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        for mount in mounts { mount.remove() }
        rmdir(directory)
    }

    func add(_ host: String, _ files: NodeFiles?) async throws -> ClusterNode {
        let mount = try MountedSecret(directory: "\(directory)/\(mounts.count)")
        if let files { try mount.publish(files) }
        mounts.append(mount)
        let node = try await ClusterNode.start(host: host, directory: mount.directory, group: Self.group)
        all.append(node)
        return node
    }

    func stop() async {
        for node in all { await node.stop() }
    }
}
