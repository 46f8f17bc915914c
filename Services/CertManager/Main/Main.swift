import ArgumentParser
import CertManager
import CertManagerProgram
import ServiceKit
import ServiceLifecycle

/// cert-manager: every certificate of clusters and of the operator's own webhooks.
@main
struct CertManagerCommand: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: CertManagerName.executable,
        abstract: "Issues and renews the certificates of SpicepodClusters and of the operator's webhooks.",
        version: SuiteVersion.text)

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: CertManagerOptions

    func parts(_ host: ServiceHost) async throws -> [any Service] { try await options.parts(host) }
}
