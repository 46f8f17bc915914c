import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// A version with the templates it was born with.
struct VersionRecord: Sendable {
    var version: Version
    var template: PodTemplateSpec
    var claimTemplates: [VolumeClaimTemplate]
    /// The ConfigMap to make, when the version is new.
    var configMap: DesiredObject?

    /// The version as it is kept in the cluster, or as it is born now.
    static func of(_ version: Version, _ child: ChildMetadata, in world: World, _ settings: Settings) throws(JSONError)
        -> VersionRecord
    {
        if let known = find(version.short, in: world) { return known }
        return try born(version, child, settings)
    }

    /// The version as it is kept in the cluster. One that cannot be read counts as missing.
    static func find(_ short: String, in world: World) -> VersionRecord? {
        guard let record = world.versions.first(where: { $0.version?.short == short }), let version = record.version,
            let template: PodTemplateSpec = decode(record.template)
        else { return nil }
        return VersionRecord(version: version, template: template, claimTemplates: decode(record.claimTemplates) ?? [])
    }

    static func born(_ version: Version, _ child: ChildMetadata, _ settings: Settings) throws(JSONError) -> VersionRecord {
        let template = PodTemplateBuilder.build(child, version: version, settings: settings)
        return VersionRecord(
            version: version, template: template, claimTemplates: child.set.spec.volumeClaimTemplates ?? [],
            configMap: try ConfigMapBuilder.build(child, version: version, template: template, settings: settings))
    }

    private static func decode<Value: Decodable>(_ text: String?) -> Value? {
        guard let text, let tree = try? JSONValue(parsing: text) else { return nil }
        return try? JSONTreeDecoder().decode(Value.self, from: tree)
    }
}
