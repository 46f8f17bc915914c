public import ArgumentParser
import CertManager
import KubernetesClient
import KubernetesModel
import Logging
public import ServiceKit
public import ServiceLifecycle
import Telemetry

/// The flags of cert-manager beside those of every service, and the parts that it is composed of.
public struct CertManagerOptions: ParsableArguments, Sendable {
    @OptionGroup(title: "Reconciling") public var controller: ControllerOptions
    @OptionGroup(title: "Certificates") public var certificates: CertificateOptions

    public init() {}

    public func parts(_ host: ServiceHost) async throws -> [any Service] {
        try await certificates.parts(host, controller)
    }
}

/// How long certificates are valid, and when they are renewed.
public struct CertificateOptions: ParsableArguments, Sendable {
    @Option(
        name: .customLong("ca-lifetime"),
        help: ArgumentHelp(
            "How long root CAs are valid, the clusters' and the webhooks' one. They are renewed with their key. (default: 87600h)",
            valueName: "duration"),
        transform: { try Lifetime(parsing: $0, flag: "--ca-lifetime") })
    var authority = Lifetime(CertificateTerms.authority.lifetime)

    @Option(
        name: .customLong("leaf-lifetime"),
        help: ArgumentHelp(
            "How long the certificates of cluster nodes and of webhook servers are valid. (default: 2160h)",
            valueName: "duration"),
        transform: { try Lifetime(parsing: $0, flag: "--leaf-lifetime") })
    var leaf = Lifetime(CertificateTerms.leaf.lifetime)

    @Option(
        name: .customLong("renew-before-fraction"),
        help: ArgumentHelp(
            "The share of its lifetime that a certificate has left when it is renewed: 0.25 renews after three quarters. (default: 0.333)",
            valueName: "fraction"),
        transform: RenewalFraction.init(parsing:))
    var renewal = RenewalFraction(1.0 / 3)

    public init() {}

    /// In the order in which they start; they stop in reverse.
    public func parts(_ host: ServiceHost, _ controller: ControllerOptions) async throws -> [any Service] {
        let name = CertManagerName.executable
        let connection = try await host.connection()
        let service = CertManagerService(
            client: host.client(connection, service: name), leaseClient: host.client(connection, service: name),
            configuration: configuration(host.options.cluster, controller), logger: host.logger,
            observer: WatchMetrics(host.metrics), wall: { WallClock.now() })
        host.metrics.declare([CertificateMetrics.issued])
        host.metrics.collect(CertificateMetrics.expiries) { service.expiries() }
        let synced = host.readiness.register("certificate-caches")
        let servingSynced = host.readiness.register("webhook-caches")
        return [
            Part("certificates") {
                await service.run(
                    onSynced: {
                        synced.set(true)
                        host.logger.info("Caches of clusters are filled")
                    },
                    onServingSynced: {
                        servingSynced.set(true)
                        host.logger.info("Caches of webhooks are filled")
                    })
            }
        ]
    }

    private func configuration(_ cluster: ClusterOptions, _ controller: ControllerOptions) -> CertManagerService.Configuration {
        var configuration = CertManagerService.Configuration()
        configuration.settings = Settings(
            clusterDomain: cluster.clusterDomain, operatorNamespace: cluster.operatorNamespace,
            authorityTerms: CertificateTerms(lifetime: authority.duration, renewBeforeFraction: renewal.value),
            leafTerms: CertificateTerms(lifetime: leaf.duration, renewBeforeFraction: renewal.value))
        configuration.scope = cluster.namespaces
        configuration.concurrency = controller.concurrency
        configuration.identity = controller.identity
        configuration.leaseSlices = controller.leaderElect ? controller.leaseSlices : nil
        return configuration
    }
}
