import Foundation
import JSON
import KubernetesModel
import YAML

enum Examples {
    /// The manifest `examples/<name>.yaml`, in another namespace.
    static func manifest(_ name: String, in world: World) throws -> JSONValue {
        var manifest = try YAML.parse(
            try String(contentsOfFile: "\(TestRun.repository)/examples/\(name).yaml", encoding: .utf8))
        manifest[path: "metadata", "namespace"] = .string(world.namespace)
        return manifest
    }
}
