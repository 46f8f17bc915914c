import NIOCore
import NIOPosix
import NIOSSL
import ServiceKit

/// A TCP client that sends exactly what it is told and shows exactly what comes back.
struct RawClient: Sendable {
    let channel: any Channel
    private let received: AsyncThrowingStream<String, any Error>

    /// - Parameter tls: asks for a certificate of the name `localhost`.
    static func connect(_ address: ListenAddress, tls: TLSConfiguration? = nil) async throws -> RawClient {
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        let (stream, continuation) = AsyncThrowingStream<String, any Error>.makeStream()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(
                            try NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                    }
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation: continuation))
                }
            }
            .connect(host: address.host, port: address.port).get()
        return RawClient(channel: channel, received: stream)
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }

    /// Everything until the text stands in it.
    func read(until text: String) async throws -> String {
        var all = ""
        for try await piece in received {
            all += piece
            if all.contains(text) { break }
        }
        return all
    }

    /// Everything until the server closes; a reset counts as the end.
    func readToEnd() async -> String {
        var all = ""
        do {
            for try await piece in received { all += piece }
        } catch {}
        return all
    }

    func close() async throws {
        try await channel.close().get()
    }

    /// One request on a connection of its own.
    static func exchange(_ address: ListenAddress, _ request: String, body: String = "") async throws -> String {
        let client = try await connect(address)
        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
        try await client.send("\(request) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(length)\r\n\(body)")
        return await client.readToEnd()
    }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let continuation: AsyncThrowingStream<String, any Error>.Continuation

    init(continuation: AsyncThrowingStream<String, any Error>.Continuation) {
        self.continuation = continuation
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        continuation.yield(String(buffer: unwrapInboundIn(data)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        continuation.finish(throwing: error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        continuation.finish()
    }
}
