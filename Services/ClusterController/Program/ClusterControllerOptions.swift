public import ArgumentParser
import ClusterController
import KubernetesClient
public import ServiceKit
public import ServiceLifecycle
import SpiceAdmission
import SpiceValidation

/// The flags of cluster-controller beside those of every service, and the parts that it is composed of.
public struct ClusterControllerOptions: ParsableArguments, Sendable {
    @OptionGroup(title: "Reconciling") public var controller: ControllerOptions
    @OptionGroup(title: "Webhooks") public var webhooks: WebhookOptions

    @Option(
        name: .customLong("admission-policy"),
        help:
            "What becomes of invalid clusters that do not say it in spice.ai/validation-level: refused, admitted with warnings, admitted."
    )
    var admissionPolicy = ValidationLevel.err

    public init() {}

    /// In the order in which they start; they stop in reverse.
    public func parts(_ host: ServiceHost) async throws -> [any Service] {
        let name = ClusterControllerName.executable
        let connection = try await host.connection()
        let handlers = ClusterWebhooks(policy: admissionPolicy, clusterDomain: host.options.cluster.clusterDomain)
        let webhooks = try await host.webhooks(webhooks, of: name, client: host.client(connection, service: name)) {
            handlers.addRoutes(to: &$0, metrics: $1)
        }
        return webhooks + [ClusterControllerPart.make(host, connection, controller, policy: admissionPolicy)]
    }
}
