public import ArgumentParser
import KubernetesClient
import KubernetesModel
import Logging
import ServiceKit
import ServiceLifecycle
public import SetController

/// set-controller: SpicepodSets become running pods.
@main
struct SetControllerCommand: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: SetControllerName.executable,
        abstract: "Turns SpicepodSets into workloads, rolls them out and reports their state.",
        version: SuiteVersion.text)

    @OptionGroup var common: CommonOptions
    @OptionGroup(title: "Reconciling") var controller: ControllerOptions
    @OptionGroup(title: "Webhooks") var webhooks: WebhookOptions

    @Option(
        name: .customLong("admission-policy"),
        help:
            "What becomes of invalid sets that do not say it in spice.ai/validation-level: refused, admitted with warnings, admitted."
    )
    var admissionPolicy = ValidationLevel.err

    @Option(
        name: .customLong("telemetry-properties"),
        help: ArgumentHelp(
            "Added to every Spicepod's runtime.telemetry.properties; its own keys win. May be repeated.", valueName: "key=value"),
        transform: TelemetryProperty.init(parsing:))
    var telemetryProperties: [TelemetryProperty] = []

    @Flag(
        name: .customLong("adaptive-deployment"), inversion: .prefixedNo, exclusivity: .chooseLast,
        help: "Run sets of one replica without volumes, BlueGreen or standby in a Deployment instead of a StatefulSet.")
    var adaptiveDeployment = false

    @Option(
        name: .customLong("pause-crashlooping-pods-threshold"),
        help: ArgumentHelp("Failures of its pods beyond which a version is stopped; 0 switches that off.", valueName: "count"))
    var crashloopThreshold = 10

    func validate() throws {
        guard crashloopThreshold >= 0 else {
            throw ValidationError(
                "--pause-crashlooping-pods-threshold: \(crashloopThreshold) is out of range, use 0 or more; 0 switches it off")
        }
    }

    static var switches: [String] { ["adaptive-deployment"] }

    func parts(_ host: ServiceHost) async throws -> [any Service] {
        let connection = try await host.connection()
        let client = host.client(connection)
        let service = SetControllerService(
            client: client, leaseClient: host.client(connection), configuration: settings,
            logger: host.logger, observer: WatchMetrics(host.metrics), wall: { WallClock.now() })
        let synced = host.readiness.register("caches")
        let handlers = SetWebhooks(policy: admissionPolicy, storageClasses: { service.storageClasses })
        let webhooks = try await host.webhooks(webhooks, client: client) { handlers.addRoutes(to: &$0, metrics: $1) }
        return webhooks + [
            Part("spicepodset") {
                try await service.run(onSynced: {
                    synced.set(true)
                    host.logger.info("Caches are filled")
                })
            }
        ]
    }

    private var settings: SetControllerService.Configuration {
        var configuration = SetControllerService.Configuration()
        configuration.settings = Settings(
            clusterDomain: common.cluster.clusterDomain,
            telemetryProperties: Dictionary(telemetryProperties.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last }),
            crashloopThreshold: crashloopThreshold, adaptiveDeployment: adaptiveDeployment)
        configuration.scope = common.cluster.namespaces
        configuration.concurrency = controller.concurrency
        configuration.identity = controller.identity
        configuration.operatorNamespace = common.cluster.operatorNamespace
        configuration.leaseSlices = controller.leaderElect ? controller.leaseSlices : nil
        return configuration
    }
}

extension ValidationLevel: ExpressibleByArgument {}

struct TelemetryProperty {
    var key: String
    var value: String

    init(parsing text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw ValidationError("--telemetry-properties: '\(text)' is no property, write it like environment=production")
        }
        (key, value) = (String(parts[0]), String(parts[1]))
    }
}
