import ArgumentParser
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes

/// `spiceai-operator migrate`: objects that are stored in an old version are stored in the current one, so that the old one can go.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Store every object in the current version of its API.",
        discussion: """
            Objects stay in the version they were last written in. Before a version can be removed from a \
            CustomResourceDefinition all of them must be written once more, and status.storedVersions be told so. Nothing else \
            of the objects changes, nothing restarts; the command can be repeated at any time.
            """)

    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false

    @OptionGroup var cluster: ClusterOptions

    func run() async throws {
        let client = try await cluster.client()
        var failed = 0
        for definition in try GeneratedCRDs.parsed() {
            let name = definition[path: "metadata", "name"]?.stringValue ?? ""
            failed += try await Migration(name: name, client: client, dryRun: dryRun).run()
        }
        guard failed == 0 else { throw Incomplete(count: failed) }
    }

    struct Incomplete: Error, CustomStringConvertible {
        var count: Int

        var description: String {
            "\(count) objects could not be rewritten, so the old versions are kept; correct them and migrate again"
        }
    }
}

/// The objects of one CustomResourceDefinition.
private struct Migration {
    let name: String
    let client: KubernetesClient
    let dryRun: Bool

    /// - Returns: how many objects could not be rewritten.
    func run() async throws -> Int {
        guard let definition = try await client.installedDefinition(name) else {
            Console.line("customresourcedefinition \(name) is not installed; nothing to do")
            return 0
        }
        let versions = definition[path: "spec", "versions"]?.arrayValue ?? []
        let stored = (definition[path: "status", "storedVersions"]?.arrayValue ?? []).compactMap(\.stringValue)
        guard let current = versions.first(where: { $0["storage"] == true })?["name"]?.stringValue else { return 0 }
        guard stored != [current] else {
            Console.line("\(name): everything is stored as \(current)")
            return 0
        }
        let failed = try await rewrite(resource(definition, current), from: stored, to: current)
        guard failed == 0, !dryRun else { return failed }
        // without the resource version of what was read, an object stored as another version meanwhile could be forgotten
        let version = definition[path: "metadata", "resourceVersion"] ?? .null
        let patch: JSONValue = [
            "metadata": ["resourceVersion": version], "status": ["storedVersions": [.string(current)]],
        ]
        _ = try await client.patch(
            .customResourceDefinitions, ObjectKey(name: name), .merge(patch), subresource: "status")
        Console.line(
            "\(name): everything is stored as \(current), \(stored.filter { $0 != current }.joined(separator: ", ")) can go")
        return 0
    }

    private func rewrite(_ resource: ResourceType, from stored: [String], to current: String) async throws -> Int {
        let objects = try await client.list(MigratedObject.self, resource, namespace: nil).items
        Console.line("\(name): \(objects.count) objects, stored as \(stored.joined(separator: " or "))")
        guard !dryRun else { return 0 }
        var failed = 0
        for (index, object) in objects.enumerated() {
            do throws(APIError) {
                // A patch that changes nothing is written where the stored version is an old one, and only there.
                _ = try await client.patch(resource, object.key, .merge([:]))
            } catch {
                guard error.code != .notFound else { continue }
                failed += 1
                Console.line("  \(object.key): \(error)")
            }
            if (index + 1) % 100 == 0 { Console.line("  \(index + 1) of \(objects.count) rewritten") }
        }
        return failed
    }

    private func resource(_ definition: JSONValue, _ version: String) -> ResourceType {
        ResourceType(
            group: definition[path: "spec", "group"]?.stringValue ?? "", version: version,
            plural: definition[path: "spec", "names", "plural"]?.stringValue ?? "",
            kind: definition[path: "spec", "names", "kind"]?.stringValue ?? "",
            namespaced: definition[path: "spec", "scope"] == "Namespaced")
    }
}

/// An object's key: nothing else of it is needed.
private struct MigratedObject: JSONScannable {
    var key: ObjectKey

    init(scanning scanner: inout JSONScanner) throws {
        let metadata = try JSONValue(scanning: &scanner)["metadata"]
        key = ObjectKey(namespace: metadata?["namespace"]?.stringValue ?? "", name: metadata?["name"]?.stringValue ?? "")
    }
}
