import ArgumentParser
import JSON
import KubernetesModel
import SpiceTypes
import SpiceValidation

/// `spiceai-operator validate`: what admission would say, without a cluster.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Say what is wrong with manifests, without a cluster.",
        discussion: """
            The rules are those of the admission webhook, but for the ones that need a cluster (StorageClasses, the object before \
            an update). A line for each finding: file, line, field, and what to do. Ends with 1 where there is an error; objects \
            of other kinds are left alone. docs/validation.md has every rule.
            """)

    @OptionGroup var manifests: ManifestOptions

    @Flag(help: "Let warnings count as errors.")
    var strict = false

    func run() throws {
        var counts: [Finding.Severity: Int] = [:]
        var sets = 0
        for manifest in try manifests.read() where manifest.isSpicepodSet {
            sets += 1
            for finding in try findings(manifest) {
                counts[finding.severity, default: 0] += 1
                Console.line("\(manifest.place(of: finding.path)): \(finding.severity.rawValue): \(finding) [\(finding.rule)]")
            }
        }
        let (errors, warnings) = (counts[.error] ?? 0, counts[.warning] ?? 0)
        Console.line("\(sets) SpicepodSets: \(errors) errors, \(warnings) warnings")
        if errors > 0 || (strict && warnings > 0) { throw ExitCode(1) }
    }

    /// A manifest whose types are wrong has one finding: its rules cannot be asked.
    private func findings(_ manifest: Manifest) throws -> [Finding] {
        SpicepodSetValidator.findings(try manifest.spicepodSet())
    }
}
