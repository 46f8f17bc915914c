import Foundation
import Testing

/// A wrong flag ends the program at once, with an error that names it.
struct FlagTests {
    @Test(
        arguments: [
            (["--bogus"], "--bogus"),
            (["--health-probe-bind-address", "nonsense"], "--health-probe-bind-address"),
            (["--metrics-bind-address", "127.0.0.1:99999"], "--metrics-bind-address"),
            (["--kubeconfig", "/nonexistent/kubeconfig"], "/nonexistent/kubeconfig"),
            (["--lease-slices", "0"], "--lease-slices"),
            (["--watch-namespaces", "Not_A_Namespace"], "--watch-namespaces"),
        ])
    func namesTheFlag(_ arguments: [String], _ name: String) async throws {
        let free = [
            "--health-probe-bind-address", "127.0.0.1:0", "--metrics-bind-address", "127.0.0.1:0", "--webhook-bind-address",
            "127.0.0.1:0",
        ]
        let result = try await Program.run(TestedService.setController.executable, free + arguments, within: .seconds(20))
        #expect(result.status != 0)
        #expect(result.status < 128)
        #expect(result.errors.contains(name), "\(result.errors)")
    }

    /// Without any cluster to be found, the error says where it was looked for.
    @Test func noCluster() async throws {
        let result = try await Program.run(
            TestedService.setController.executable,
            [
                "--health-probe-bind-address", "127.0.0.1:0", "--metrics-bind-address", "127.0.0.1:0", "--webhook-bind-address",
                "127.0.0.1:0",
            ],
            environment: ["HOME": "/nonexistent"], within: .seconds(20))
        #expect(result.status != 0)
        #expect(result.errors.contains("kubeconfig"), "\(result.errors)")
    }
}
