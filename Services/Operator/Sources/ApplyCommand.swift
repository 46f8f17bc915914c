import ArgumentParser
import JSON
import KubernetesClient
import KubernetesModel

/// `spiceai-operator apply`: manifests into the cluster, with the rollout told until it is done.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Apply manifests and, with --wait, tell their progress until all are Ready.",
        discussion: "Server-side apply, like `kubectl apply --server-side`; --wait follows every object that has a Ready condition."
    )

    @OptionGroup var manifests: ManifestOptions

    @Flag(help: "Wait until every object with a Ready condition is Ready.")
    var wait = false

    @Option(help: ArgumentHelp("How long to wait, in seconds.", valueName: "seconds"))
    var timeout = 300

    @OptionGroup var cluster: ClusterOptions

    func run() async throws {
        let manifests = try manifests.read()
        let client = try await cluster.client()
        var applied: [Applied] = []
        for manifest in manifests {
            let object = try await Applied(manifest, client)
            Console.line("\(object.resource.kind.lowercased()) \(object.key) applied")
            applied.append(object)
        }
        if wait { try await follow(applied, client) }
    }

    /// Prints a line whenever an object's state changes.
    private func follow(_ objects: [Applied], _ client: KubernetesClient) async throws {
        var shown: [ObjectKey: String] = [:]
        let waiting = objects.map(\.key.description).joined(separator: ", ")
        try await Waiting.until("\(waiting) are Ready", within: .seconds(timeout)) {
            var allReady = true
            for object in objects {
                let state = Readiness(try await client.get(object.resource, object.key))
                if shown[object.key] != state.text {
                    Console.line("  \(object.key)  \(state.text)")
                    shown[object.key] = state.text
                }
                allReady = allReady && state.isReady
            }
            return allReady
        }
    }
}

/// An object that was applied.
private struct Applied {
    var resource: ResourceType
    var key: ObjectKey

    init(_ manifest: Manifest, _ client: KubernetesClient) async throws {
        guard !manifest.name.isEmpty else { throw manifest.failure("metadata.name", "is missing; name the object") }
        resource = try await Self.resource(manifest.apiVersion, manifest.kind, client)
        let namespace = manifest.object[path: "metadata", "namespace"]?.stringValue ?? "default"
        key = ObjectKey(namespace: resource.namespaced ? namespace : "", name: manifest.name)
        _ = try await client.apply(resource, key, manifest.object, force: true)
    }

    /// Asks the API server how a kind is addressed.
    private static func resource(_ apiVersion: String, _ kind: String, _ client: KubernetesClient) async throws -> ResourceType {
        let parts = apiVersion.split(separator: "/")
        let (group, version) = parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", apiVersion)
        let path = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
        let list = try JSONValue(parsing: try await client.get(path: path).body)
        for entry in list["resources"]?.arrayValue ?? [] where entry["kind"]?.stringValue == kind {
            guard let plural = entry["name"]?.stringValue, !plural.contains("/") else { continue }
            return ResourceType(
                group: group, version: version, plural: plural, kind: kind, namespaced: entry["namespaced"]?.boolValue ?? true)
        }
        throw ValidationError(
            "the cluster does not serve \(kind) in \(apiVersion); are the CRDs installed? (spiceai-operator crd --apply)")
    }
}

/// What an object says of itself.
private struct Readiness {
    var isReady: Bool
    var text: String

    init(_ object: JSONValue) {
        let conditions = object[path: "status", "conditions"]?.arrayValue ?? []
        let generation = object[path: "metadata", "generation"]?.intValue
        guard let ready = conditions.first(where: { $0["type"] == "Ready" }) else {
            isReady = object["spec"] == nil
            text = isReady ? "applied" : "waiting for its controller"
            return
        }
        isReady = ready["status"] == "True" && ready["observedGeneration"]?.intValue == generation
        let replicas = object[path: "status", "replicas"]?.stringValue.map { "\($0) " } ?? ""
        text = "\(replicas)\(ready["reason"]?.stringValue ?? ""): \(ready["message"]?.stringValue ?? "")"
    }
}
