import ArgumentParser
import LocalControlPlane
import Logging

/// The whole control plane: what the command does when no subcommand is named.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve an embedded Kubernetes API with simulated nodes (the default).",
        discussion: """
            Serves the Kubernetes REST API over TLS for the kinds this suite uses, well enough for kubectl, and plays the \
            controllers, the nodes and a pretend `spiced` in every pod. It has no authorization, runs no containers and \
            evaluates no CEL: never use it for anything but development.
            """)

    @Option(help: "Keep the state in this directory (default: in memory).")
    var dataDir: String?

    @Option(help: "Address to serve on; port 0 takes a free one.")
    var listen = "127.0.0.1:0"

    @Option(help: "Write a kubeconfig here (mode 0600) once the API answers.")
    var kubeconfig: String?

    @Option(help: "Append a JSON line for every request, with the keys of Kubernetes' audit log.")
    var auditLog: String?

    @Option(help: "Number of simulated nodes.")
    var nodes = 3

    @Option(help: "Divide simulated delays by this.")
    var speed = 1.0

    @Flag(help: "Log more.")
    var verbose = false

    func validate() throws {
        guard let colon = listen.lastIndex(of: ":"), UInt16(listen[listen.index(after: colon)...]) != nil else {
            throw ValidationError("--listen: '\(listen)' is no address; give host:port, as in 127.0.0.1:0.")
        }
        guard speed > 0, speed.isFinite else { throw ValidationError("--speed: must be greater than 0.") }
        guard (0...1000).contains(nodes) else { throw ValidationError("--nodes: must be between 0 and 1000.") }
    }

    func run() async throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "local-control-plane")
        logger.logLevel = verbose ? .debug : .info
        var options = ControlPlane.Options()
        options.dataDirectory = dataDir
        let colon = listen.lastIndex(of: ":") ?? listen.endIndex
        options.host = String(listen[..<colon])
        options.port = Int(listen[colon...].dropFirst()) ?? 0
        options.kubeconfig = kubeconfig
        options.auditLog = auditLog
        options.nodes = nodes
        options.speed = speed
        let plane = ControlPlane(options, logger: logger)
        try await untilTerminated { try await plane.run() }
    }
}
