import ClusterController
import ControllerRuntime
public import KubernetesClient
import KubernetesModel
import Logging
public import ServiceKit
public import ServiceLifecycle
public import SpiceValidation

/// The control loop of cluster-controller as a part of a process: of its own, or of `spiceai-operator run`.
public enum ClusterControllerPart {
    public static func make(
        _ host: ServiceHost, _ connection: ClusterConnection, _ options: ControllerOptions, policy: ValidationLevel
    ) -> any Service {
        let name = ClusterControllerName.executable
        let service = ClusterControllerService(
            client: host.client(connection, service: name), leaseClient: host.client(connection, service: name),
            configuration: configuration(host.options.cluster, options, policy), logger: host.logger,
            observer: WatchMetrics(host.metrics), wall: { WallClock.now() })
        let synced = host.readiness.register("cluster-caches")
        return Part("spicepodcluster") {
            try await service.run(onSynced: {
                synced.set(true)
                host.logger.info("Caches of clusters are filled")
            })
        }
    }

    private static func configuration(_ cluster: ClusterOptions, _ options: ControllerOptions, _ policy: ValidationLevel)
        -> ClusterControllerService.Configuration
    {
        var configuration = ClusterControllerService.Configuration()
        configuration.settings = Settings(clusterDomain: cluster.clusterDomain, admissionPolicy: policy)
        configuration.scope = cluster.namespaces
        configuration.controller.concurrency = options.concurrency
        configuration.controller.identity = options.identity
        configuration.controller.operatorNamespace = cluster.operatorNamespace
        configuration.controller.leaseSlices = options.leaderElect ? options.leaseSlices : nil
        return configuration
    }
}
