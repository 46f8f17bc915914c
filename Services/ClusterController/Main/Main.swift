import ArgumentParser
import ClusterController
import ClusterControllerProgram
import ServiceKit
import ServiceLifecycle

/// cluster-controller: SpicepodClusters become SpicepodSets.
@main
struct ClusterControllerCommand: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: ClusterControllerName.executable,
        abstract: "Turns SpicepodClusters into SpicepodSets of schedulers and executors, and upgrades them in order.",
        version: SuiteVersion.text)

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ClusterControllerOptions

    func parts(_ host: ServiceHost) async throws -> [any Service] { try await options.parts(host) }
}
