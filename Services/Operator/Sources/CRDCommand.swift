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
        let definitions = try GeneratedCRDs.all.map { try JSONValue(parsing: $0) }
        if apply {
            try await install(definitions, try await cluster.client())
        } else {
            let text = definitions.map { YAML.serialize($0) }.joined(separator: "---\n")
            if let output { try TextFile.write(text, to: output) } else { print(text, terminator: "") }
        }
    }

    /// A conversion webhook that somebody addresses by URL stays there: a definition has a URL or a Service, never both.
    private func keepingURL(_ definition: JSONValue, _ client: KubernetesClient, _ key: ObjectKey) async throws -> JSONValue {
        let config = ["spec", "conversion", "webhook", "clientConfig"]
        do throws(APIError) {
            let live = try await client.get(.customResourceDefinitions, key)
            guard let url = config.reduce(live, { $0[$1] ?? .null })["url"] else { return definition }
            var definition = definition
            definition[path: "spec", "conversion", "webhook", "clientConfig"] = ["url": url]
            return definition
        } catch {
            guard error.code == .notFound else { throw error }
            return definition
        }
    }

    private func install(_ definitions: [JSONValue], _ client: KubernetesClient) async throws {
        for definition in definitions {
            let name = definition[path: "metadata", "name"]?.stringValue ?? ""
            let key = ObjectKey(name: name)
            let wanted = try await keepingURL(definition, client, key)
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
