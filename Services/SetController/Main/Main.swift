import ArgumentParser
import ServiceKit
import ServiceLifecycle
import SetController
import SetControllerProgram

/// set-controller: SpicepodSets become running pods.
@main
struct SetControllerCommand: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: SetControllerName.executable,
        abstract: "Turns SpicepodSets into workloads, rolls them out and reports their state.",
        version: SuiteVersion.text)

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: SetControllerOptions

    static var switches: [String] { SetSettingsOptions.switches }

    func parts(_ host: ServiceHost) async throws -> [any Service] { try await options.parts(host) }
}
