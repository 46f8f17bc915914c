public import KubernetesClient
import KubernetesModel
import Logging
import NIOCore
public import ServiceLifecycle

extension ServiceHost {
    /// The HTTPS server of these routes and what keeps its certificate current: parts that belong before all others, so that they
    /// stop last.
    ///
    /// Registers the readiness target `webhook-certificate`.
    /// - Throws: `ServiceError` where the address that was asked for cannot be listened on. The default one may be taken, by
    ///   another service on the same machine: then webhooks are not served, which `/ready` minds where any are installed.
    public func webhooks(
        _ options: WebhookOptions, of service: String, client: KubernetesClient,
        addRoutes: (inout HTTPRouter, WebhookMetrics) -> Void
    ) async throws -> [any Service] {
        let metrics = WebhookMetrics(metrics)
        var routes = HTTPRouter()
        addRoutes(&routes, metrics)
        let context = ServingContext()
        var server: HTTPServer?
        var failure: ServiceError?
        do {
            server = try await WebhookServer.bind(
                address: options.address, context: context, routes: routes, group: eventLoops, logger: logger)
        } catch let error as ServiceError where !options.isAddressGiven {
            failure = error
            logger.warning("Webhooks are not served", metadata: ["error": .stringConvertible(error)])
        }
        let watch = CertificateWatch(
            secret: ObjectKey(namespace: self.options.cluster.operatorNamespace, name: options.secret(of: service)),
            context: context,
            client: client, readiness: readiness.register("webhook-certificate"), metrics: metrics, logger: logger,
            observer: WatchMetrics(self.metrics), failure: failure)
        return [server].compactMap { $0 } + [Part("webhook-certificate") { try await watch.run() }]
    }
}
