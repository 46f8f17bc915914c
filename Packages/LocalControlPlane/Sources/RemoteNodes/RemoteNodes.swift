public import KubernetesClient
import KubernetesModel
public import Logging

/// Simulated nodes for an API server that has none: scheduler, kubelets with a pretend `spiced` in every pod, and a provisioner of
/// volumes. The same simulation that the embedded control plane runs, over a mirror of the API's objects.
///
/// It takes every pod for its own to schedule: not for clusters with real nodes.
public struct RemoteNodes: Sendable {
    private let client: KubernetesClient
    private let options: Simulation.Options
    private let logger: Logger

    /// - Parameters:
    ///   - options: the part that is played is always the nodes'.
    ///   - logger: silent unless given.
    public init(
        client: KubernetesClient, options: Simulation.Options = Simulation.Options(),
        logger: Logger = Logger(label: "nodes") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.client = client
        var options = options
        options.part = .nodes
        self.options = options
        self.logger = logger
    }

    /// Runs until cancelled; the objects in the API stay. `onReady` is called once the mirror is complete.
    public func run(onReady: @escaping @Sendable () -> Void = {}) async throws {
        let nodes = NodeController(count: options.nodes)
        let mirror = Mirror(nodes: nodes.all(SystemClock.now()).map(\.name))
        let client = client
        let logger = logger
        try await withThrowingTaskGroup(of: Void.self) { group in
            for resource in ResourceType.mirrored {
                group.addTask {
                    try await Reflector<MirroredObject>(client: client, resource: resource).run { event in
                        if case .trouble(let error, let delay) = event {
                            logger.warning(
                                "cannot watch", metadata: ["resource": "\(resource)", "error": "\(error)", "retry": "\(delay)"])
                        }
                        mirror.hear(event, of: resource)
                    }
                }
            }
            await mirror.waitUntilSynced()
            if !Task.isCancelled {
                let simulation = Simulation(
                    server: mirror.server, options: options, runtime: PodNetwork(runtime: SpicedRuntime(logger: logger)))
                let heartbeats = Heartbeats(mirror: mirror, client: client, nodes: nodes, logger: logger)
                group.addTask { try await simulation.run() }
                group.addTask { await Outbox(mirror: mirror, client: client, logger: logger).run() }
                group.addTask { try await heartbeats.run() }
                logger.info("simulated nodes ready", metadata: ["nodes": "\(options.nodes)"])
                onReady()
            }
            do {
                try await group.next()
            } catch is CancellationError {}
            group.cancelAll()
        }
    }
}
