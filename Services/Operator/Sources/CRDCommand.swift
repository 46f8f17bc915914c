import ArgumentParser
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import YAML

/// `spiceai-operator crd`: the CustomResourceDefinitions of this version.
struct CRDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crd",
        abstract: "Print the CustomResourceDefinitions, or apply them.",
        discussion: "Without options the YAML goes to standard output: `spiceai-operator crd | kubectl apply --server-side -f -`.")

    @Flag(help: "Apply them to the cluster and wait until they are served.")
    var apply = false

    @Option(help: ArgumentHelp("Write them to this file instead.", valueName: "file"))
    var output: String?

    @OptionGroup var cluster: ClusterOptions

    func run() async throws {
        let definitions = try GeneratedCRDs.parsed()
        if apply {
            try await install(definitions, try await cluster.client())
        } else {
            let text = definitions.map { YAML.serialize($0) }.joined(separator: "---\n")
            if let output { try TextFile.write(text, to: output) } else { print(text, terminator: "") }
        }
    }

    /// A conversion webhook that somebody addresses by URL stays there: a definition has a URL or a Service, never both.
    private func keepingURL(of live: JSONValue?, _ definition: JSONValue) -> JSONValue {
        let config = ["spec", "conversion", "webhook", "clientConfig"].reduce(live) { $0?[$1] }
        guard let url = config?["url"] else { return definition }
        var definition = definition
        definition[path: "spec", "conversion", "webhook", "clientConfig"] = ["url": url]
        return definition
    }

    private func install(_ definitions: [JSONValue], _ client: KubernetesClient) async throws {
        for definition in definitions {
            let name = definition[path: "metadata", "name"]?.stringValue ?? ""
            let key = ObjectKey(name: name)
            let wanted = keepingURL(of: try await client.installedDefinition(name), definition)
            _ = try await client.apply(.customResourceDefinitions, key, wanted, force: true)
            try await Waiting.until("CustomResourceDefinition \(name) is served", within: .seconds(60)) {
                let current = try await client.get(.customResourceDefinitions, key)
                let conditions = current[path: "status", "conditions"]?.arrayValue ?? []
                return conditions.contains { $0["type"] == "Established" && $0["status"] == "True" }
            }
            Console.line("customresourcedefinition \(name) applied")
        }
    }
}
