import Glibc
import Logging
public import ServiceLifecycle
import UnixSignals

/// Runs a host's servers and parts until a signal, an error or a part's end.
///
/// Parts start in their order and stop in reverse, each when the one after it has ended: list caches first, then leases, then
/// workers. Around them: readiness closes before any part stops, the servers stop last.
public struct ServiceProcess: Sendable {
    /// For all parts together to end by themselves; then they are cancelled.
    static let gracePeriod: Duration = .seconds(12)
    /// After which the process ends whatever still runs: below the 20 s that are promised.
    static let hardLimit: Duration = .seconds(18)

    let host: ServiceHost
    let health: HTTPServer
    let metrics: HTTPServer
    private let started: Readiness.Target

    /// Binds the servers.
    public init(_ host: ServiceHost) async throws {
        self.host = host
        started = host.readiness.register("startup")
        let addresses = host.options.addresses
        let healthRoutes = host.healthRoutes
        health = try await HTTPServer.bind(
            endpoint: "health", address: addresses.health, group: host.eventLoops, logger: host.logger
        ) { await healthRoutes.handle($0) }
        var routes = HTTPRouter()
        routes.addMetrics(host.metrics)
        routes.addLogLevel(host.logLevel)
        let metricsRoutes = routes
        metrics = try await HTTPServer.bind(
            endpoint: "metrics", address: addresses.metrics, group: host.eventLoops, logger: host.logger
        ) { await metricsRoutes.handle($0) }
    }

    public var healthAddress: ListenAddress { health.address }
    public var metricsAddress: ListenAddress { metrics.address }

    public func group(_ parts: [any Service]) -> ServiceGroup {
        let gate = ReadinessGate(readiness: host.readiness, started: started)
        let services: [any Service] = [metrics, health] + parts + [gate]
        var configuration = ServiceGroupConfiguration(services: services.map { .init(service: $0) }, logger: host.logger)
        configuration.maximumGracefulShutdownDuration = Self.gracePeriod
        return ServiceGroup(configuration: configuration)
    }

    /// Returns after a graceful shutdown.
    public func run(_ makeParts: (ServiceHost) async throws -> [any Service]) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let shutdown = Shutdown(logger: host.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask { await shutdown.watch(signals) }
            let group = group(try await makeParts(host))
            await shutdown.started(group)
            do {
                try await group.run()
            } catch {
                guard await shutdown.isRequested else { throw error }
                host.logger.warning("A part did not stop in time", metadata: ["error": .string("\(error)")])
            }
        }
    }
}
