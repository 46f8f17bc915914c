public import KubernetesClient
public import Logging
public import NIOCore
public import Telemetry

/// What a process offers to the parts it is composed of.
public struct ServiceHost: Sendable {
    /// The executable's name.
    public let name: String
    public let options: CommonOptions
    public let logger: Logger
    public let logLevel: LogLevel
    public let metrics: MetricsRegistry
    public let readiness: Readiness
    /// The routes of the health address: `/health` and `/ready` to begin with.
    public let healthRoutes: SharedRouter
    /// For the process' HTTP servers.
    public let eventLoops: any EventLoopGroup

    public init(
        name: String, options: CommonOptions, logger: Logger, logLevel: LogLevel, metrics: MetricsRegistry,
        eventLoops: any EventLoopGroup
    ) {
        self.name = name
        self.options = options
        self.logger = logger
        self.logLevel = logLevel
        self.metrics = metrics
        self.readiness = Readiness()
        self.healthRoutes = SharedRouter()
        self.eventLoops = eventLoops
        let readiness = readiness
        healthRoutes.update { $0.addHealth(readiness) }
        metrics.declare(StandardMetrics.families)
        metrics.collect(ProcessMetrics.families) { ProcessMetrics.samples() }
        metrics.collect([StandardMetrics.buildInfo]) {
            [MetricSample(StandardMetrics.buildInfo.name, labels: [SuiteVersion.text, name], 1)]
        }
    }

    /// The cluster that the flags name.
    /// - Throws: `ServiceError`.
    public func connection() async throws -> ClusterConnection {
        let cluster = options.cluster
        do {
            let connection = try await ClusterConnection.load(kubeconfig: cluster.kubeconfig, context: cluster.context)
            logger.info("Found the cluster", metadata: ["origin": .string(connection.origin)])
            return connection
        } catch let error as KubeconfigError {
            let flag =
                cluster.context != nil && error.context != nil ? "--context: " : cluster.kubeconfig != nil ? "--kubeconfig: " : ""
            throw ServiceError(flag + error.description)
        }
    }

    /// A client with a connection of its own, counted in the metrics. Its field manager and user agent are those of the service.
    public func client(_ connection: ClusterConnection, service: String? = nil) -> KubernetesClient {
        let service = service ?? name
        return KubernetesClient(
            transport: connection.makeTransport(), fieldManager: "spice-\(service)",
            userAgent: "spiceai-operator/\(service)/\(SuiteVersion.text)", observer: ClientMetrics(metrics))
    }
}
