import ArgumentParser
import Logging
import NIOPosix
import ServiceKit
import ServiceLifecycle
import Synchronization
import Telemetry

/// Things in the order in which they happened.
final class Journal: Sendable {
    private let stored = Mutex<[String]>([])
    var entries: [String] { stored.withLock { $0 } }

    func note(_ entry: String) {
        stored.withLock { $0.append(entry) }
    }
}

/// Opens once.
struct Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func open() { continuation.finish() }

    /// Returns when the gate is open or the task cancelled.
    func wait() async {
        for await _ in stream {}
    }
}

func quietLogger() -> Logger {
    Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// A host on free loopback ports.
func testHost() throws -> ServiceHost {
    let options = try CommonOptions.parse(["--http-endpoint", "127.0.0.1:0", "--metrics-endpoint", "127.0.0.1:0"])
    return ServiceHost(
        name: "test-service", options: options, logger: quietLogger(), logLevel: LogLevel(.info), metrics: MetricsRegistry(),
        eventLoops: MultiThreadedEventLoopGroup.singleton)
}

/// Serves while the body runs, then drains.
func withServer(
    limits: HTTPServerLimits = HTTPServerLimits(), _ handler: @escaping HTTPHandler,
    _ body: @escaping @Sendable (ListenAddress) async throws -> Void
) async throws {
    let server = try await HTTPServer.bind(
        endpoint: "test", address: ListenAddress(host: "127.0.0.1", port: 0), group: MultiThreadedEventLoopGroup.singleton,
        limits: limits,
        logger: quietLogger(), handler: handler)
    try await serving(server, body)
}

/// Runs a server for as long as `body` takes, and stops it gracefully.
func serving(_ server: HTTPServer, _ body: @escaping @Sendable (ListenAddress) async throws -> Void) async throws {
    let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [.init(service: server)], logger: quietLogger()))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(server.address))
        } catch {
            result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        try result.get()
    }
}
