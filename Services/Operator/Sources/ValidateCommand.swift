import ArgumentParser
import JSON
import KubernetesModel
import KubernetesSchema
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
        let definitions = try Definitions()
        var counts: [Finding.Severity: Int] = [:]
        var judged = 0
        for manifest in readable(&counts) {
            guard let definition = definitions.kinds[manifest.kind], manifest.apiVersion.hasPrefix("\(definition.group)/") else {
                continue
            }
            judged += 1
            for finding in try findings(manifest, definition) {
                counts[finding.severity, default: 0] += 1
                Console.line("\(manifest.place(of: finding.path)): \(finding.severity.rawValue): \(finding) [\(finding.rule)]")
            }
        }
        let (errors, warnings) = (counts[.error] ?? 0, counts[.warning] ?? 0)
        Console.line("\(judged) objects: \(errors) errors, \(warnings) warnings")
        if errors > 0 || (strict && warnings > 0) { throw ExitCode(1) }
    }

    /// One file that cannot be read does not hide what is wrong with the others.
    private func readable(_ counts: inout [Finding.Severity: Int]) -> [Manifest] {
        var found: [Manifest] = []
        for file in manifests.filename {
            do {
                found += try Manifest.read([file])
            } catch {
                counts[.error, default: 0] += 1
                Console.line("\(error)")
            }
        }
        return found
    }

    /// First what the API server finds by the schema. Where types are wrong the rules cannot be asked.
    private func findings(_ manifest: Manifest, _ definition: CustomResourceDefinition) throws -> [Finding] {
        let judgement: CustomResourceDefinition.Judgement
        do {
            judgement = try definition.judge(manifest.object)
        } catch {
            return [Finding(error)]
        }
        var findings = judgement.unknownFields.map {
            Finding(rule: "schema", severity: .error, path: $0, message: "unknown field; remove it or correct its name")
        }
        findings += judgement.errors.map(Finding.init)
        if let deprecated = definition.version(manifest.apiVersion)?.deprecationWarning {
            findings.append(Finding(rule: "deprecated", severity: .warning, path: "apiVersion", message: deprecated))
        }
        guard judgement.errors.isEmpty else { return findings }
        return try findings + LegacyFindings.of(manifest.object) + manifest.findings()
    }
}

/// The suite's CustomResourceDefinitions by kind.
private struct Definitions {
    var kinds: [String: CustomResourceDefinition] = [:]

    init() throws {
        for definition in try GeneratedCRDs.parsed().compactMap({ CustomResourceDefinition($0) }) {
            kinds[definition.kind] = definition
        }
    }
}

extension Finding {
    fileprivate init(_ error: FieldError) {
        self.init(rule: "schema", severity: .error, path: error.field, message: error.message)
    }
}
