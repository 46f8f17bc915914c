public import ArgumentParser
import ClusterController
import KubernetesClient
import KubernetesModel
import Logging
public import ServiceKit
public import ServiceLifecycle
import SpiceValidation

/// The flags of cluster-controller beside those of every service, and the parts that it is composed of.
public struct ClusterControllerOptions: ParsableArguments, Sendable {
    @OptionGroup(title: "Reconciling") public var controller: ControllerOptions
    @OptionGroup(title: "Webhooks") public var webhooks: WebhookOptions

    public init() {}

    /// In the order in which they start; they stop in reverse.
    public func parts(_ host: ServiceHost) async throws -> [any Service] {
        let connection = try await host.connection()
        return [ClusterControllerPart.make(host, connection, controller, policy: .err)]
    }
}
