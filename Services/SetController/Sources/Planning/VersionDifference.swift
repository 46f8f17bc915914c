import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// Why two versions differ, as the first field that does.
enum VersionDifference {
    static func describe(from short: String?, to new: VersionRecord, in world: World) -> String {
        guard let old = short.flatMap({ VersionRecord.find($0, in: world) }) else { return "its version is unknown" }
        let path =
            FieldDifference.path(from: template(of: old), to: template(of: new))
            ?? FieldDifference.path(from: claims(of: old), to: claims(of: new), below: "spec.volumeClaimTemplates")
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
}
