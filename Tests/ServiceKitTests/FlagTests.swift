import ArgumentParser
import ControllerRuntime
import ServiceKit
import ServiceLifecycle
import Telemetry
import Testing

/// Flags mean the same in every spelling, and a wrong one is named together with its remedy.
@Suite struct FlagTests {
    struct Command: ServiceCommand {
        @OptionGroup var common: CommonOptions
        @OptionGroup var controller: ControllerOptions
        @OptionGroup var webhooks: WebhookOptions

        func parts(_ host: ServiceHost) async throws -> [any Service] { [] }
    }

    private func parse(_ line: String) throws -> Command {
        try Command.parse(Command.normalized(line.split(separator: " ").map(String.init)))
    }

    @Test func defaults() throws {
        let command = try parse("")
        #expect(command.common.cluster.kubeconfig == nil)
        #expect(command.common.cluster.operatorNamespace == "spiceai-operator-system")
        #expect(command.common.cluster.clusterDomain == "cluster.local")
        #expect(command.common.cluster.namespaces == .all)
        #expect(command.common.addresses.health.description == "0.0.0.0:8090")
        #expect(command.common.addresses.metrics.description == "0.0.0.0:9090")
        #expect(command.webhooks.address.description == "0.0.0.0:8443")
        #expect(command.common.logs.format == .json)
        #expect(!command.common.logs.verbose)
        #expect(command.controller.leaderElect)
        #expect(command.controller.leaseSlices == 1)
        #expect(!command.controller.identity.isEmpty)
    }

    @Test(arguments: [
        "--health-probe-bind-address :1 --metrics-bind-address :2", "--http-endpoint :1 --metrics-endpoint :2",
        "--http-endpoint=:1 --metrics-bind-address=:2",
        "--http-endpoint :7 --metrics-endpoint :8 --health-probe-bind-address=:1 --metrics-bind-address=:2",
    ])
    func addressSpellings(line: String) throws {
        let addresses = try parse(line).common.addresses
        #expect(addresses.health.port == 1)
        #expect(addresses.metrics.port == 2)
    }

    @Test(arguments: [
        ("--leader-elect", true), ("--leader-elect=true", true), ("--leader-elect=false", false), ("--no-leader-elect", false),
        ("--leader-elect=false --leader-elect", true), ("--leader-elect --no-leader-elect", false),
        ("--no-leader-elect --leader-elect=true", true),
    ])
    func switches(line: String, expected: Bool) throws {
        #expect(try parse(line).controller.leaderElect == expected)
        #expect(try parse(line.replacing("leader-elect", with: "verbose")).common.logs.verbose == expected)
    }

    @Test func lastValueWins() throws {
        let command = try parse(
            "--concurrency 1 --concurrency=2 --cluster-domain a.b --cluster-domain c.d --identity a --identity b --log-format text --log-format json --context x --context y"
        )
        #expect(command.controller.concurrency == 2)
        #expect(command.common.cluster.clusterDomain == "c.d")
        #expect(command.controller.identity == "b")
        #expect(command.common.logs.format == .json)
        #expect(command.common.cluster.context == "y")
    }

    @Test func namespaces() throws {
        #expect(try parse("--watch-namespaces a,b --watch-namespace c").common.cluster.namespaces == .only(["a", "b", "c"]))
        #expect(try parse("--deny-namespaces a --deny-namespaces=b,c").common.cluster.namespaces == .allExcept(["a", "b", "c"]))
    }

    @Test(arguments: [
        ("--nope", "--nope"), ("--metrics-bind-address 0.0.0.0:99999", "--metrics-bind-address"),
        ("--http-endpoint 0.0.0.0", "--http-endpoint"),
        ("--watch-namespaces a --deny-namespaces b", "--deny-namespaces"), ("--watch-namespaces A_b", "'A_b'"),
        ("--operator-namespace x.y", "--operator-namespace"),
        ("--concurrency x", "--concurrency"), ("--concurrency 0", "--concurrency"), ("--lease-slices 0", "--lease-slices"),
        ("--lease-slices 257", "--lease-slices"),
        ("--leader-elect=maybe", "--leader-elect"), ("--log-format xml", "--log-format"),
        ("--cluster-domain -x", "--cluster-domain"),
        ("--identity=", "--identity"), ("--kubeconfig", "--kubeconfig"), ("extra", "extra"),
    ])
    func wrongFlagIsNamed(line: String, name: String) throws {
        let error = try #require(throws: (any Error).self) { try parse(line) }
        #expect(Command.exitCode(for: error) != .success)
        #expect(Command.message(for: error).contains(name), "\(Command.message(for: error))")
    }

    @Test func helpNamesEveryFlag() {
        let help = Command.helpMessage()
        for flag in [
            "--kubeconfig", "--context", "--operator-namespace", "--watch-namespaces", "--deny-namespaces",
            "--health-probe-bind-address", "--http-endpoint",
            "--metrics-bind-address", "--metrics-endpoint", "--webhook-bind-address", "--cluster-domain", "--leader-elect",
            "--lease-slices", "--identity",
            "--concurrency", "--log-format", "--verbose",
        ] {
            #expect(help.contains(flag))
        }
    }
}
