import ArgumentParser
import Dispatch

#if canImport(Glibc)
    import Glibc
#endif

/// Parses flags, runs, and stops on SIGTERM or SIGINT.
@main struct LocalControlPlaneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "local-control-plane",
        abstract: "An embedded Kubernetes API with simulated nodes, for development and tests.",
        subcommands: [ServeCommand.self, NodesCommand.self], defaultSubcommand: ServeCommand.self)
}

/// Runs `body` until it ends or a signal asks for the end.
func untilTerminated(_ body: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await body() }
        group.addTask { await terminationSignal() }
        try await group.next()
        group.cancelAll()
        try await group.waitForAll()
    }
}

/// Returns on SIGTERM or SIGINT, or when the task is cancelled.
private func terminationSignal() async {
    let (signals, continuation) = AsyncStream<Void>.makeStream()
    let sources = [SIGTERM, SIGINT].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { continuation.yield() }
        source.resume()
        return source
    }
    for await _ in signals { break }
    for source in sources { source.cancel() }
}
