import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL
import Synchronization

@testable import KubernetesClient

/// A server on loopback that answers every request by a script, down to the frames of the connection.
final class ScriptedServer: Sendable {
    enum Wire: Sendable {
        case plain
        case http1
        case http2
        /// HTTP/2 over TLS to clients with a certificate of the test authority.
        case mutual
    }

    struct Request: Sendable {
        var method: String
        /// As it stands in the request line.
        var target: String
        var headers: HeaderFields
        var body: [UInt8]
        /// From 0, in the order they were accepted.
        var connection: Int

        var path: String { String(target.prefix { $0 != "?" }) }

        /// The decoded value of a query's item.
        func query(_ name: String) -> String? {
            for item in target.drop(while: { $0 != "?" }).dropFirst().split(separator: "&") {
                let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.first.map(String.init) == name { return parts.last.map { Self.decode($0) } }
            }
            return nil
        }

        private static func decode(_ text: Substring) -> String {
            var bytes: [UInt8] = []
            var rest = Array(text.utf8)[...]
            while let byte = rest.popFirst() {
                let value = byte == UInt8(ascii: "%") ? UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) : nil
                if value != nil { rest = rest.dropFirst(2) }
                bytes.append(value ?? byte)
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    typealias Script = @Sendable (Request, Reply) async throws -> Void

    let port: Int
    private let listener: any Channel
    private let state: Shared

    final class Shared: Sendable {
        let connections = Mutex<[any Channel]>([])
        let requests = Recorder<Request>()
    }

    private init(_ listener: any Channel, _ state: Shared) {
        self.listener = listener
        self.state = state
        port = listener.localAddress?.port ?? 0
    }

    deinit { listener.close(promise: nil) }

    static func start(_ wire: Wire = .http2, _ script: @escaping Script) async throws -> ScriptedServer {
        let state = Shared()
        let tls = try wire == .plain ? nil : NIOSSLContext(configuration: configuration(wire))
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = state.connections.withLock { connections in
                        connections.append(channel)
                        return connections.count - 1
                    }
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    let handler = { @Sendable (stream: any Channel) in
                        Exchange(stream, channel, number, state, script)
                    }
                    if wire == .http2 || wire == .mutual {
                        _ = channel.configureHTTP2Pipeline(mode: .server) { stream in
                            stream.eventLoop.makeCompletedFuture {
                                try stream.pipeline.syncOperations.addHandlers([HTTP2FramePayloadToHTTP1ServerCodec()])
                                try stream.pipeline.syncOperations.addHandler(handler(stream))
                            }
                        }
                    } else {
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
                        try channel.pipeline.syncOperations.addHandler(handler(channel))
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ScriptedServer(listener, state)
    }

    private static func configuration(_ wire: Wire) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try NIOSSLCertificate(bytes: Array(Certificates.server.utf8), format: .pem))],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(Certificates.serverKey.utf8), format: .pem)))
        configuration.applicationProtocols = wire == .http1 ? ["http/1.1"] : ["h2", "http/1.1"]
        if wire == .mutual {
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .certificates([
                try NIOSSLCertificate(bytes: Array(Certificates.authority.utf8), format: .pem)
            ])
        }
        return configuration
    }

    var connectionCount: Int { state.connections.withLock { $0.count } }

    var requests: Recorder<Request> { state.requests }

    /// Stops listening; connections live on.
    func stopListening() async throws { try await listener.close() }

    /// What reaches this server, trusting its authority.
    func configuration(_ scheme: String = "https") -> CurlConfiguration {
        var configuration = CurlConfiguration(server: ServerAddress(scheme: scheme, host: "127.0.0.1", port: port))
        configuration.authorities = Array(Certificates.authority.utf8)
        return configuration
    }

    func transport() -> CurlTransport { CurlTransport(configuration()) }
}

/// What a script does with one request.
struct Reply: Sendable {
    let stream: any Channel
    let connection: any Channel

    func head(_ status: Int = 200, _ headers: [(String, String)] = []) async throws {
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: NIOHTTP1.HTTPHeaders(headers))
        try await stream.writeAndFlush(HTTPServerResponsePart.head(head))
    }

    func write(_ text: String) async throws { try await write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) async throws {
        try await stream.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes))))
    }

    func end() async throws { try await stream.writeAndFlush(HTTPServerResponsePart.end(nil)) }

    func respond(_ status: Int = 200, _ body: String = "", headers: [(String, String)] = []) async throws {
        try await head(status, headers + [("content-length", "\(body.utf8.count)")])
        if !body.isEmpty { try await write(body) }
        try await end()
    }

    /// Closes the connection without a farewell.
    func closeConnection() async throws { try await connection.close() }

    /// Ends the stream alone (RST_STREAM).
    func reset() async throws { try await stream.close() }

    /// Announces that the connection takes no more streams; those that run may end.
    func goAway() async throws {
        try await connection.writeAndFlush(
            HTTP2Frame(streamID: .rootStream, payload: .goAway(lastStreamID: .maxID, errorCode: .noError, opaqueData: nil)))
    }

    /// Returns when the client has ended the stream.
    func untilClosed() async { try? await stream.closeFuture.get() }
}

private final class Exchange: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let reply: Reply
    private let number: Int
    private let state: ScriptedServer.Shared
    private let script: ScriptedServer.Script
    private var request: ScriptedServer.Request?

    init(
        _ stream: any Channel, _ connection: any Channel, _ number: Int, _ state: ScriptedServer.Shared,
        _ script: @escaping ScriptedServer.Script
    ) {
        reply = Reply(stream: stream, connection: connection)
        self.number = number
        self.state = state
        self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request = ScriptedServer.Request(
                method: head.method.rawValue, target: head.uri,
                headers: HeaderFields(head.headers.map { (name: $0.name, value: $0.value) }), body: [],
                connection: number)
        case .body(let buffer): request?.body += buffer.readableBytesView
        case .end:
            guard let request else { return }
            state.requests.record(request)
            Task { [script, reply] in
                // A client that went away is the point of many scripts.
                try? await script(request, reply)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
