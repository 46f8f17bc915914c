public import Logging
public import NIOCore

/// The HTTPS server of a service's webhooks.
public enum WebhookServer {
    /// What the API server itself takes as a request. Reviews of objects near its limit may be larger, and are refused.
    public static let bodyLimit = 3 << 20

    /// Listens at once; connections are closed until the context has a certificate.
    /// - Throws: `ServiceError` that names the address.
    public static func bind(
        address: ListenAddress, context: ServingContext, routes: HTTPRouter, group: any EventLoopGroup, logger: Logger
    ) async throws -> HTTPServer {
        var limits = HTTPServerLimits()
        limits.bodyBytes = bodyLimit
        // The longest that the API server waits for a webhook.
        limits.requestTimeout = .seconds(30)
        return try await HTTPServer.bind(
            endpoint: "webhook", address: address, group: group, limits: limits, logger: logger,
            prepareChannel: { channel in
                try context.prepare(channel) {
                    logger.warning("A webhook connection was refused: there is no serving certificate yet")
                }
            },
            handler: { await routes.handle($0) })
    }
}
