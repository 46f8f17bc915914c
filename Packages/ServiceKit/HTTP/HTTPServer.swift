import Glibc
public import Logging
public import NIOCore
import NIOHTTP1
import NIOPosix
public import ServiceLifecycle

/// An HTTP/1.1 server on one socket. Bound when made, so that a taken port fails before anything else starts.
public struct HTTPServer: Service, CustomStringConvertible {
    /// `health`, `metrics`, `webhook` or `api`: the log's `endpoint`.
    public let endpoint: String
    /// What was really bound.
    public let address: ListenAddress

    private let listener: any Channel
    private let connections: ConnectionSet
    private let limits: HTTPServerLimits

    public var description: String { "\(endpoint) server" }

    /// Binds and logs the address. Requests are answered from now on.
    ///
    /// - Parameter prepareChannel: runs first on every new connection's pipeline: the place of a TLS handler.
    /// - Throws: `ServiceError` that names the address.
    public static func bind(
        endpoint: String, address: ListenAddress, group: any EventLoopGroup, limits: HTTPServerLimits = HTTPServerLimits(),
        logger: Logger,
        prepareChannel: (@Sendable (any Channel) throws -> Void)? = nil, handler: @escaping HTTPHandler
    ) async throws -> HTTPServer {
        let connections = ConnectionSet(limit: limits.connections)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try connections.insert(channel)
                    try prepareChannel?(channel)
                    try configure(channel, limits, handler)
                }
            }
        do {
            let listener = try await bootstrap.bind(host: address.host, port: address.port).get()
            let bound = ListenAddress(
                host: listener.localAddress?.ipAddress ?? address.host, port: listener.localAddress?.port ?? address.port)
            logger.info("Listening", metadata: ["endpoint": .string(endpoint), "address": .stringConvertible(bound)])
            return HTTPServer(endpoint: endpoint, address: bound, listener: listener, connections: connections, limits: limits)
        } catch let error as IOError {
            throw ServiceError(
                "cannot listen on \(address) (\(endpoint)): \(String(cString: strerror(error.errnoCode))); choose another address or port"
            )
        } catch {
            throw ServiceError("cannot listen on \(address) (\(endpoint)): \(error)")
        }
    }

    private static func configure(_ channel: any Channel, _ limits: HTTPServerLimits, _ handler: @escaping HTTPHandler) throws {
        var decoder = NIOHTTPDecoderLimitConfiguration()
        decoder.maxHeaderListSize = limits.headerBytes
        decoder.maxHeaderFieldSize = min(decoder.maxHeaderFieldSize, limits.headerBytes)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(BytesArrivedHandler())
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: true, withOutboundHeaderValidation: true,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: decoder)
        try pipeline.addHandler(HTTPConnectionHandler(handler: handler, limits: limits))
    }

    /// Serves until graceful shutdown, then takes no more connections, ends the idle ones, and gives running requests the drain timeout.
    public func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            try? await listener.closeFuture.get()
        } onCancelOrGracefulShutdown: {
            listener.close(promise: nil)
        }
        await connections.drain(within: limits.drainTimeout)
    }
}
