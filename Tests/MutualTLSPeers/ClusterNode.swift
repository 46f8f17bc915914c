import NIOCore
public import NIOPosix
import NIOSSL

/// A node that other nodes call over mutual TLS, and that calls them: the part of a cluster's runtime that certificates are for.
///
/// The server asks for a client's certificate. The client verifies the server's for the host it was called by. Both speak `h2`, read
/// their files anew when they have changed, and keep open connections as they are.
public final class ClusterNode: Sendable {
    /// The advertised host: what others verify.
    public let host: String
    private let store: CredentialStore
    private let group: MultiThreadedEventLoopGroup
    private let listener: any Channel
    private let port: Int

    /// How often files were taken, and why others were not.
    public var reloads: Int { store.reloads }
    public var refusals: [NodeCredentials.Refusal] { store.refusals }

    /// Listens on loopback. Without files it refuses every connection until there are some.
    /// - Parameter directory: where the Secret is mounted.
    public static func start(host: String, directory: String, group: MultiThreadedEventLoopGroup) async throws -> ClusterNode {
        let store = CredentialStore(directory: directory)
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let credentials = store.current() else { throw HandshakeFailure.noCredentials }
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLServerHandler(context: credentials.server))
                    try pipeline.addHandler(Echo())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ClusterNode(host: host, store: store, group: group, listener: listener, port: listener.localAddress?.port ?? 0)
    }

    private init(
        host: String, store: CredentialStore, group: MultiThreadedEventLoopGroup, listener: any Channel, port: Int
    ) {
        (self.host, self.store, self.group, self.listener, self.port) = (host, store, group, listener, port)
    }

    public func stop() async {
        try? await listener.close()
    }

    /// Makes a new connection to another node and has a byte sent there and back: both sides have accepted each other.
    ///
    /// In TLS 1.3 a client has finished before the server has seen its certificate; only the answer shows that it was taken.
    /// - Parameter host: what to verify in place of the other's own.
    public func call(_ other: ClusterNode, as host: String? = nil) async throws(HandshakeFailure) {
        guard let credentials = store.current() else { throw .noCredentials }
        try await Self.shake(credentials.client, host ?? other.host, other.port, group)
    }

    /// Calls as a client that takes any server and shows any certificate, or none: what a stranger in the network can do.
    public func isOpen(to stranger: NodeFiles?) async -> Bool {
        do {
            var calling = TLSConfiguration.makeClientConfiguration()
            calling.certificateVerification = .none
            calling.applicationProtocols = ["h2"]
            if let stranger {
                calling.certificateChain = try NIOSSLCertificate.fromPEMBytes(stranger.certificate).map { .certificate($0) }
                calling.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: stranger.key, format: .pem))
            }
            try await Self.shake(try NIOSSLContext(configuration: calling), host, port, group)
            return true
        } catch {
            return false
        }
    }

    private static func shake(
        _ context: NIOSSLContext, _ host: String, _ port: Int, _ group: MultiThreadedEventLoopGroup
    ) async throws(HandshakeFailure) {
        let answer = group.next().makePromise(of: Void.self)
        let connecting = ClientBootstrap(group: answer.futureResult.eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: host))
                    try pipeline.addHandler(Question(answer: answer))
                }
            }
            .connect(host: "127.0.0.1", port: port)
        do {
            let channel = try await connecting.get()
            defer { channel.close(promise: nil) }
            try await answer.futureResult.get()
        } catch {
            answer.fail(error)
            throw (error as? HandshakeFailure) ?? .refused("\(error)")
        }
    }
}

/// Why two nodes do not talk.
public enum HandshakeFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// There were never files that could be taken.
    case noCredentials
    /// One of them does not accept the other, in OpenSSL's words.
    case refused(String)
    /// The other side speaks something else.
    case otherProtocol
    case noAnswer

    public var description: String {
        switch self {
        case .noCredentials: "a node has no certificate"
        case .refused(let reason): reason
        case .otherProtocol: "h2 was not agreed on"
        case .noAnswer: "there was no answer in time"
        }
    }
}
