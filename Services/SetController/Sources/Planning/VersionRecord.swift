import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// A version with the pod template it was born with.
struct VersionRecord: Sendable {
    var template: PodTemplateSpec
    /// The ConfigMap to make, when the version is new.
    var configMap: DesiredObject?

    /// The version as it is kept in the cluster. One that cannot be read counts as missing.
    static func find(_ version: Version, in world: World) -> VersionRecord? {
        guard let record = world.versions.first(where: { $0.version == version }), let text = record.template,
            let tree = try? JSONValue(parsing: text),
            let template = try? JSONTreeDecoder().decode(PodTemplateSpec.self, from: tree)
        else { return nil }
        return VersionRecord(template: template)
    }

    static func born(_ version: Version, _ child: ChildMetadata, _ settings: Settings) throws(JSONError) -> VersionRecord {
        let template = PodTemplateBuilder.build(child, version: version)
        return VersionRecord(
            template: template,
            configMap: try ConfigMapBuilder.build(child, version: version, template: template, settings: settings))
    }
}
