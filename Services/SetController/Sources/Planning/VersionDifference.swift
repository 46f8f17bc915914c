import JSON
import KubernetesModel
import SpiceTypes

/// Why two versions differ, as the first field that does.
enum VersionDifference {
    static func describe(from short: String?, to new: VersionRecord, in world: World) -> String {
        guard let old = short.flatMap({ VersionRecord.find($0, in: world) }) else { return "its version is unknown" }
        let path =
            firstDifference(template(of: old), template(of: new), path: "")
            ?? firstDifference(claims(of: old), claims(of: new), path: "spec.volumeClaimTemplates")
        return "\(path ?? definition(world.set.spec)) changed"
    }

    /// What shows in no template.
    private static func definition(_ spec: SpicepodSetSpec) -> String {
        spec.hasSpicepod ? "spec.spicepod" : "the schedulers' Spicepod"
    }

    /// Without sizes, which make no version.
    private static func claims(of record: VersionRecord) -> JSONValue {
        let templates = record.claimTemplates.map { template in
            var template = template
            template.spec.resources?.requests?["storage"] = nil
            return template
        }
        return (try? JSONTreeEncoder().encode(templates)) ?? []
    }

    /// Without what differs in every version: its label and the name of its ConfigMap.
    private static func template(of record: VersionRecord) -> JSONValue? {
        var template = record.template
        template.metadata.labels?[LabelKey.version] = nil
        template.spec.volumes?.removeAll { $0.configMap != nil }
        return try? JSONTreeEncoder().encode(template)
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
                let name = new[index]["name"]?.stringValue ?? flag(of: new, at: index) ?? "\(index)"
                if let found = firstDifference(old[index], new[index], path: "\(path)[\(name)]") { return found }
            }
            return nil
        default: return path
        }
    }

    /// A value among arguments goes by the flag before it.
    private static func flag(of arguments: [JSONValue], at index: Int) -> String? {
        guard index > 0, let flag = arguments[index - 1].stringValue, flag.hasPrefix("--") else { return nil }
        return flag
    }
}
