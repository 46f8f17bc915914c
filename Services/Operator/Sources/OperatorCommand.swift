public import ArgumentParser

/// `spiceai-operator`: the suite's command line.
public struct OperatorCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "spiceai-operator",
        abstract: "Installs and inspects what the Spice operator suite manages.",
        subcommands: [CRDCommand.self, JSONSchemaCommand.self, ApplyCommand.self, MigrateCommand.self])

    public init() {}
}
