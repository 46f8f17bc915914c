import JSON
import LocalControlPlane
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A webhook over TLS on a free port of 127.0.0.1. Its certificate is for `localhost` and `kubernetes.default.svc`.
struct WebhookServer {
    let port: Int
    /// `caBundle` as configurations hold it.
    let bundle: String
    private let channel: any Channel

    typealias Answer = @Sendable (_ path: String, _ review: JSONValue) -> (status: HTTPResponseStatus, body: JSONValue)

    /// Runs `body` with a server that answers POSTs by `answer`; `isSilent` takes requests and never answers.
    static func with(
        isSilent: Bool = false, _ answer: @escaping Answer, _ body: (WebhookServer) async throws -> Void
    ) async throws {
        let certificates = try Certificates.make(addresses: [])
        let tls = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificates.certificate.utf8)).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(certificates.key.utf8), format: .pem))))
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(answer: answer, isSilent: isSilent))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = WebhookServer(
            port: channel.localAddress?.port ?? 0, bundle: Hooks.base64(Array(certificates.authority.utf8)), channel: channel)
        do {
            try await body(server)
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let answer: Answer
        private let isSilent: Bool
        private var path = ""
        private var body: [UInt8] = []

        init(answer: @escaping Answer, isSilent: Bool) {
            self.answer = answer
            self.isSilent = isSilent
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                path = head.uri
                body = []
            case .body(let buffer): body += buffer.readableBytesView
            case .end:
                guard !isSilent else { return }
                let (status, json) = answer(path, (try? JSONValue(parsing: body)) ?? .null)
                let bytes = json.serialized()
                let head = HTTPResponseHead(version: .http1_1, status: status, headers: ["Content-Length": "\(bytes.count)"])
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
