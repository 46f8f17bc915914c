public import ArgumentParser
import CoreMetrics
import Glibc
import Logging
import NIOPosix
public import ServiceLifecycle
import Telemetry

/// An executable: its flags and the parts it is composed of. `@main` on the conforming type is the whole program.
public protocol ServiceCommand: ParsableCommand {
    var common: CommonOptions { get }

    /// Flags without a value, besides the common ones, that also take `=true` and `=false`.
    static var switches: [String] { get }

    /// In logs and metrics; the command's name by default.
    static var serviceName: String { get }

    /// Connects the parts, in the order in which they start; they stop in reverse. A `ServiceError` ends the process with its line.
    func parts(_ host: ServiceHost) async throws -> [any Service]
}

extension ServiceCommand {
    public static var switches: [String] { [] }
    public static var serviceName: String { _commandName }

    public static func main() async { await serve(Array(CommandLine.arguments.dropFirst())) }

    /// Exit codes: 0 after `--help` or a graceful shutdown, 64 for wrong flags, 1 for everything else.
    public static func serve(_ arguments: [String]) async {
        signal(SIGPIPE, SIG_IGN)
        let command: Self
        do {
            command = try parse(normalized(arguments))
        } catch {
            let code = exitCode(for: error)
            guard code != .success else {
                print(fullMessage(for: error))
                Glibc.exit(0)
            }
            let message = message(for: error)
            fail(
                "\(message.hasSuffix(".") ? message.dropLast() : message[...]) (see \(_commandName == serviceName ? serviceName : "\(serviceName) \(_commandName)") --help)",
                code: code.rawValue)
        }
        do {
            try await command.run(name: serviceName)
        } catch {
            fail("\(error)", code: 1)
        }
        // Not exit(): OpenSSL's clean-up at exit would pull the ground from under the thread that still runs libcurl.
        _exit(0)
    }

    /// Arguments in the spellings that the parser knows.
    public static func normalized(_ arguments: [String]) -> [String] {
        Switches.normalize(arguments, names: Switches.common + switches)
    }

    private func run(name: String) async throws {
        let logs = common.logs
        let level = LogLevel(logs.verbose ? .debug : .info)
        LoggingSystem.bootstrap { StructuredLogHandler(label: $0, format: logs.format, level: level) }
        let registry = MetricsRegistry()
        MetricsSystem.bootstrap(registry)
        let logger = Logger(label: name)
        logger.info("Starting", metadata: ["version": .string(SuiteVersion.text)])
        let host = ServiceHost(
            name: name, options: common, logger: logger, logLevel: level, metrics: registry,
            eventLoops: MultiThreadedEventLoopGroup(numberOfThreads: 1))
        try await ServiceProcess(host).run(parts)
    }

    /// One line on standard error.
    private static func fail(_ message: String, code: Int32) -> Never {
        let line = "error: " + message.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n"
        LogOutput.standardError.write(Array(line.utf8))
        _exit(code)
    }
}
