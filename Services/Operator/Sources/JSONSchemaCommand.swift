import ArgumentParser
import JSON
import SpiceTypes
import YAML

/// `spiceai-operator json-schema`: the schema of a kind, for editors and checks before a commit.
struct JSONSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "json-schema",
        abstract: "Print the OpenAPI v3 JSON schema of a kind.",
        discussion: "For editors (yaml-language-server) and for checks in a pipeline (kubeconform -schema-location).")

    @Option(help: ArgumentHelp("The kind.", valueName: "kind"))
    var kind = "SpicepodSet"

    @Option(name: .customLong("version"), help: ArgumentHelp("Its API version; the stored one by default.", valueName: "version"))
    var apiVersion: String?

    @Option(help: ArgumentHelp("Write it to this file instead.", valueName: "file"), completion: .file())
    var output: String?

    func run() throws {
        let text = try schema().prettyText() + "\n"
        if let output { try TextFile.write(text, to: output) } else { print(text, terminator: "") }
    }

    private func schema() throws -> JSONValue {
        let definitions = try GeneratedCRDs.parsed()
        let kinds = definitions.compactMap { $0[path: "spec", "names", "kind"]?.stringValue }
        guard let definition = definitions.first(where: { $0[path: "spec", "names", "kind"]?.stringValue == kind }) else {
            throw ValidationError("--kind: there is no \(kind), use one of \(kinds.joined(separator: ", "))")
        }
        let versions = definition[path: "spec", "versions"]?.arrayValue ?? []
        let names = versions.compactMap { $0["name"]?.stringValue }
        let version = versions.first { version in
            apiVersion.map { version["name"]?.stringValue == $0 || "spice.ai/\(version["name"]?.stringValue ?? "")" == $0 }
                ?? (version["storage"] == true)
        }
        guard let version, var schema = version[path: "schema", "openAPIV3Schema"] else {
            throw ValidationError(
                "--version: \(kind) has no \(apiVersion ?? "version"), use one of \(names.joined(separator: ", "))")
        }
        let group = definition[path: "spec", "group"] ?? ""
        schema["x-kubernetes-group-version-kind"] = [
            ["group": group, "version": version["name"] ?? "", "kind": .string(kind)]
        ]
        schema[path: "properties", "apiVersion"] = [
            "type": "string", "enum": [.string("\(group.stringValue ?? "")/\(version["name"]?.stringValue ?? "")")],
        ]
        schema[path: "properties", "kind"] = ["type": "string", "enum": [.string(kind)]]
        return schema
    }
}
