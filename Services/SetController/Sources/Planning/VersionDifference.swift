import JSON
import KubernetesModel
import SpiceTypes

/// Why two versions differ, as the first field that does.
enum VersionDifference {
    static func describe(from old: String?, to version: Version, in world: World) -> String {
        guard let before = template(of: old, in: world) else { return "its version is unknown" }
        let after = template(of: version.short, in: world) ?? fresh(version, world)
        if let after, let path = firstDifference(before, after, path: "") { return "\(path) changed" }
        let old = claims(of: old, in: world) ?? []
        let new = claims(of: version.short, in: world) ?? claims(world.set.spec.volumeClaimTemplates ?? [])
        return "\(firstDifference(old, new, path: "spec.volumeClaimTemplates") ?? "spec.spicepod") changed"
    }

    /// The claim templates of a version whose record is there.
    private static func claims(of short: String?, in world: World) -> JSONValue? {
        world.versions.first { $0.version?.short == short && short != nil }.map { version in
            let tree = version.claimTemplates.flatMap { try? JSONValue(parsing: $0) } ?? []
            return claims((try? JSONTreeDecoder().decode([VolumeClaimTemplate].self, from: tree)) ?? [])
        }
    }

    /// Without sizes, which make no version.
    private static func claims(_ templates: [VolumeClaimTemplate]) -> JSONValue {
        let templates = templates.map { template in
            var template = template
            template.spec.resources?.requests?["storage"] = nil
            return template
        }
        return (try? JSONTreeEncoder().encode(templates)) ?? []
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
