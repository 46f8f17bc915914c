import JSON
public import Logging
import NIOCore
import NIOSSL

/// A whole local control plane as a program runs it: API over HTTPS, state on disk, simulated nodes and controllers.
public struct ControlPlane: Sendable {
    public struct Options: Sendable {
        /// Keeps the state here; nil keeps it in memory.
        public var dataDirectory: String?
        public var host = "127.0.0.1"
        /// 0 takes a free one.
        public var port = 0
        /// Written with mode 0600 once the API answers.
        public var kubeconfig: String?
        public var auditLog: String?
        public var nodes = 3
        /// Simulated delays are divided by this.
        public var speed = 1.0

        public init() {}
    }

    private let options: Options
    private let logger: Logger

    /// - Parameter logger: silent unless given.
    public init(_ options: Options, logger: Logger = Logger(label: "local-control-plane") { _ in SwiftLogNoOpLogHandler() }) {
        self.options = options
        self.logger = logger
    }

    /// Runs until cancelled. `onReady` is called once the API answers and the kubeconfig is written.
    public func run(onReady: @escaping @Sendable () -> Void = {}) async throws {
        let directory = try options.dataDirectory.map { try StateDirectory(path: $0) }
        var core = APICore(identifiers: .random)
        core.now = SystemClock.now()
        try directory?.restore(&core)
        core.bootstrap()
        let credentials = try directory?.credentials() ?? Credentials.make()
        let server = APIServer(core: core, clock: SystemClock.now, webhooks: HTTPSWebhookCaller())

        let listener = try await HTTPFrontEnd.bind(host: options.host, port: options.port, tls: try tls(credentials.certificates))
        let address = "\(options.host):\(listener.channel.localAddress?.port ?? options.port)"
        let journal = try directory.map { try LineLog(path: $0.log, logger: logger) }
        let audit = try options.auditLog.map { try LineLog(path: $0, logger: logger) }
        if let journal { server.setJournal { journal.append(StateDirectory.lines($0)) } }
        if let audit { server.faults.audit { audit.append(Array($0.utf8) + [UInt8(ascii: "\n")]) } }

        let result: Result<Void, any Error>
        do {
            try await serve(server, listener, address: address, credentials: credentials, onReady: onReady)
            result = .success(())
        } catch {
            result = error is CancellationError ? .success(()) : .failure(error)
        }
        server.setJournal(nil)
        server.faults.audit(nil)
        await journal?.close()
        await audit?.close()
        try result.get()
        try directory?.save(server.withCore { $0 })
    }

    private func tls(_ certificates: Certificates) throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificates.certificate.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(certificates.key.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.applicationProtocols = ["http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }

    private func serve(
        _ server: APIServer, _ listener: HTTPFrontEnd.Listener, address: String, credentials: Credentials,
        onReady: @Sendable () -> Void
    ) async throws {
        let logger = logger
        let simulation = Simulation(
            server: server, options: Simulation.Options(nodes: options.nodes, speed: options.speed),
            runtime: SpicedRuntime(logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await HTTPFrontEnd(server: server, logger: logger, token: credentials.token).run(listener)
            }
            group.addTask { try await simulation.run() }
            group.addTask { try await Self.keepTime(server) }
            if let path = options.kubeconfig {
                let text = Kubeconfig.text(
                    server: "https://\(address)", authority: credentials.certificates.authority, token: credentials.token)
                try Files.replace(path, with: Array(text.utf8))
            }
            logger.info(
                "local control plane ready",
                metadata: ["endpoint": "api", "address": "\(address)", "kubeconfig": "\(options.kubeconfig ?? "")"])
            onReady()
            // Whoever ends first, by an error or because the task is cancelled, ends the others.
            try await group.next()
            group.cancelAll()
        }
    }

    private static func keepTime(_ server: APIServer) async throws {
        var seconds = 0
        while true {
            try await Task.sleep(for: .seconds(1))
            seconds += 1
            server.tick()
            if seconds % 60 == 0 { server.sendBookmarks() }
        }
    }
}
