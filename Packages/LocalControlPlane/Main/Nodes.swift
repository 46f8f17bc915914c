import ArgumentParser
import KubernetesClient
import LocalControlPlane
import Logging

#if canImport(Glibc)
    import Glibc
#endif

/// Simulated nodes beside an API server that has none.
struct NodesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nodes", abstract: "Simulate the nodes of an API server that has none.",
        discussion: """
            Schedules every pod to simulated nodes, plays their kubelets with a pretend `spiced` in every pod, and provisions \
            volumes. It runs no containers: never use it on a cluster with real nodes. Pods show addresses of 100.64.0.0/10 and \
            listen on the same ones of 127.64.0.0/10: ask 127.64.0.7 for pod 100.64.0.7.
            """)

    @Option(help: "Kubeconfig of the API server (default: as kubectl finds it).")
    var kubeconfig: String?

    @Option(help: "Context of the kubeconfig.")
    var context: String?

    @Option(help: "Number of simulated nodes.")
    var nodes = 3

    @Option(help: "Divide simulated delays by this.")
    var speed = 1.0

    @Flag(help: "Log more.")
    var verbose = false

    func validate() throws {
        guard speed > 0, speed.isFinite else { throw ValidationError("--speed: must be greater than 0.") }
        guard (1...1000).contains(nodes) else { throw ValidationError("--nodes: must be between 1 and 1000.") }
    }

    func run() async throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "simulated-nodes")
        logger.logLevel = verbose ? .debug : .info
        let connection = try await ClusterConnection.load(kubeconfig: kubeconfig, context: context)
        let client = KubernetesClient(
            transport: connection.makeTransport(), fieldManager: "simulated-nodes", userAgent: "simulated-nodes")
        let remote = RemoteNodes(client: client, options: Simulation.Options(nodes: nodes, speed: speed), logger: logger)
        try await untilTerminated { try await remote.run() }
        // Not exit(): OpenSSL's clean-up at exit would pull the ground from under the thread that still runs libcurl.
        _exit(0)
    }
}
