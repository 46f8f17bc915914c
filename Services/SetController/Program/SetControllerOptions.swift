public import ArgumentParser
import ControllerRuntime
import KubernetesClient
import KubernetesModel
import Logging
public import ServiceKit
public import ServiceLifecycle
import SetController
import SpiceAdmission
import SpiceTypes

/// The flags of set-controller beside those of every service, and the parts that it is composed of.
public struct SetControllerOptions: ParsableArguments, Sendable {
    @OptionGroup(title: "Reconciling") public var controller: ControllerOptions
    @OptionGroup(title: "Webhooks") public var webhooks: WebhookOptions
    @OptionGroup(title: "SpicepodSets") public var sets: SetSettingsOptions

    public init() {}

    /// In the order in which they start; they stop in reverse.
    /// - Parameter other: reviews of other kinds, where several services share the webhooks' address.
    public func parts(
        _ host: ServiceHost, reviewing other: @escaping @Sendable (AdmissionRequest) async -> AdmissionResponse = { _ in .allow() }
    ) async throws -> [any Service] {
        let name = SetControllerName.executable
        let connection = try await host.connection()
        let client = host.client(connection, service: name)
        let service = SetControllerService(
            client: client, leaseClient: host.client(connection, service: name), configuration: configuration(host.options.cluster),
            logger: host.logger, observer: WatchMetrics(host.metrics), wall: { WallClock.now() })
        let synced = host.readiness.register("caches")
        let handlers = SetWebhooks(
            policy: sets.admissionPolicy, storageClasses: { service.storageClasses },
            serviceAccounts: ServiceAccountLookup(client: client))
        let webhooks = try await host.webhooks(webhooks, of: name, client: client) {
            $0.addWebhooks(metrics: $1) { request in
                request.kind == ResourceType.spicepodSets.kind ? await handlers.review(request) : await other(request)
            }
        }
        return webhooks + [
            Part("spicepodset") {
                try await service.run(onSynced: {
                    synced.set(true)
                    host.logger.info("Caches are filled")
                })
            }
        ]
    }

    private func configuration(_ cluster: ClusterOptions) -> SetControllerService.Configuration {
        var configuration = SetControllerService.Configuration()
        configuration.settings = sets.settings(clusterDomain: cluster.clusterDomain)
        configuration.scope = cluster.namespaces
        configuration.controller.concurrency = controller.concurrency
        configuration.controller.identity = controller.identity
        configuration.controller.operatorNamespace = cluster.operatorNamespace
        configuration.controller.leaseSlices = controller.leaderElect ? controller.leaseSlices : nil
        return configuration
    }
}
