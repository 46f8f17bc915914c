public import ArgumentParser
import ServiceKit

/// `spiceai-operator`: the suite's command line.
public struct OperatorCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "spiceai-operator",
        abstract: "Installs and inspects what the Spice operator suite manages.",
        version: SuiteVersion.text,
        subcommands: [
            RunCommand.self, CRDCommand.self, JSONSchemaCommand.self, ValidateCommand.self, ConvertCommand.self, RenderCommand.self,
            ApplyCommand.self,
            MigrateCommand.self,
        ])

    public init() {}
}
