import ArgumentParser
import JSON
import SpiceConversion

/// `spiceai-operator convert`: manifests in another version of their API.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Print manifests in another version of their API.",
        discussion: """
            Works without a cluster and prints a manifest to keep: `spiceai-operator convert -f old.yaml > new.yaml`. Objects of \
            other kinds are printed as they are. Comments of the file are not kept, but for those within a Spicepod that stays a string; \
            the annotation spice.ai/conversion is left out, with what only the other version can say.
            """)

    @OptionGroup var manifests: ManifestOptions

    @Option(help: ArgumentHelp("The version wanted, such as v2 or v1.", valueName: "version"))
    var to = "v2"

    @Option(name: [.customShort("o"), .long], help: "How they are printed.")
    var output = ObjectFormat.yaml

    func run() throws {
        let objects = try manifests.read().map(converted)
        print(output.text(objects), terminator: "")
    }

    private func converted(_ manifest: Manifest) throws(ManifestError) -> JSONValue {
        guard manifest.apiVersion.hasPrefix("spice.ai/") else { return manifest.object }
        return SpiceConversion.withoutMemory(try manifest.converted(to: to.contains("/") ? to : "spice.ai/\(to)"))
    }
}

extension Manifest {
    /// - Throws: `ManifestError` that names the field and its line.
    func converted(to apiVersion: String) throws(ManifestError) -> JSONValue {
        do {
            return try SpiceConversion.convert(object, to: apiVersion)
        } catch {
            throw ManifestError(place: place(), message: "\(error)")
        }
    }
}
