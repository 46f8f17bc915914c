import JSON
import KubernetesModel
import SpiceTypes

/// Why two versions differ, as the first field that does.
enum VersionDifference {
    static func describe(from old: String?, to version: Version, in world: World) -> String {
        guard let before = template(of: old, in: world) else { return "its version is unknown" }
        let after = template(of: version.short, in: world) ?? fresh(version, world)
        guard let after, let path = firstDifference(before, after, path: "") else {
            return "spec.spicepod or spec.volumeClaimTemplates changed"
        }
        return "\(path) changed"
    }

    private static func template(of short: String?, in world: World) -> JSONValue? {
        let text = world.versions.first { $0.version?.short == short && short != nil }?.template
        return text.flatMap { try? JSONValue(parsing: $0) }.map(comparable)
    }

    private static func fresh(_ version: Version, _ world: World) -> JSONValue? {
        let template = PodTemplateBuilder.build(ChildMetadata(set: world.set), version: version)
        return (try? JSONTreeEncoder().encode(template)).map(comparable)
    }

    /// The template without what differs in every version: its label and the name of its ConfigMap.
    private static func comparable(_ template: JSONValue) -> JSONValue {
        var template = template
        template[path: "metadata", "labels"]?[LabelKey.version] = nil
        let volumes = template[path: "spec", "volumes"]?.arrayValue?.filter { $0["configMap"] == nil }
        template[path: "spec", "volumes"] = volumes.map { .array($0) }
        return template
    }

    private static func firstDifference(_ before: JSONValue?, _ after: JSONValue?, path: String) -> String? {
        if before == after { return nil }
        switch (before, after) {
        case (.object(let old), .object(let new)):
            for key in Set(old.keys).union(new.keys).sorted() {
                if let found = firstDifference(old[key], new[key], path: path.isEmpty ? key : "\(path).\(key)") { return found }
            }
            return nil
        case (.array(let old), .array(let new)) where old.count == new.count:
            for index in old.indices {
                let name = new[index]["name"]?.stringValue ?? "\(index)"
                if let found = firstDifference(old[index], new[index], path: "\(path)[\(name)]") { return found }
            }
            return nil
        default: return path
        }
    }
}
