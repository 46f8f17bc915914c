import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import YAML

extension ResourceType {
    static let spicepodSetsV1 = ResourceType(group: "spice.ai", version: "v1", plural: "spicepodsets", kind: "SpicepodSet")
}

/// The manifests of the public pages.
enum Pages {
    static func manifests(_ file: String) throws -> [JSONValue] {
        try YAML.documents(
            try String(contentsOfFile: "\(TestRun.repository)/Tests/EndToEndTests/Pages/\(file).yaml", encoding: .utf8))
    }
}

extension World {
    /// Creates a page's objects in this namespace.
    /// - Returns: the sets as they were written.
    func create(page: String) async throws -> [JSONValue] {
        try await makeStandardClass()
        var sets: [JSONValue] = []
        for var manifest in try Pages.manifests(page) {
            manifest[path: "metadata", "namespace"] = .string(namespace)
            switch (manifest["kind"]?.stringValue, manifest["apiVersion"]?.stringValue) {
            case ("SpicepodSet", "spice.ai/v1"): _ = try await client.create(.spicepodSetsV1, manifest)
            case ("SpicepodSet", _): _ = try await client.create(.spicepodSets, manifest)
            case ("ConfigMap", _): _ = try await client.create(.configMaps, manifest)
            case ("Secret", _): _ = try await client.create(.secrets, manifest)
            case ("ServiceAccount", _): _ = try await client.create(.serviceAccounts, manifest)
            default: throw TimedOut(description: "no test knows \(manifest.text)")
            }
            if manifest["kind"] == "SpicepodSet" { sets.append(manifest) }
        }
        return sets
    }

    /// Has the API server store sets in a version from now on.
    func store(_ version: String) async throws {
        let name = ObjectKey(name: "spicepodsets.spice.ai")
        let definition = try await client.get(.customResourceDefinitions, name)
        let versions = (definition[path: "spec", "versions"]?.arrayValue ?? []).map { entry in
            var entry = entry
            entry["storage"] = .bool(entry["name"]?.stringValue == version)
            return entry
        }
        _ = try await client.patch(.customResourceDefinitions, name, .merge(["spec": ["versions": .array(versions)]]))
        // API servers take a moment to follow
        try await eventually("sets are stored in \(version)") {
            let stored = try await client.get(.customResourceDefinitions, name)[path: "status", "storedVersions"]
            return stored?.arrayValue?.contains(.string(version)) == true
        }
    }

    /// The StorageClass that the pages name.
    private func makeStandardClass() async throws {
        do {
            _ = try await client.create(
                .storageClasses,
                [
                    "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": "standard"],
                    "provisioner": "local/simulated",
                ])
        } catch {
            guard error.code == .alreadyExists else { throw error }
        }
    }
}
