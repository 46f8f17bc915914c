import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import YAML

/// The record of a version: its Spicepod, and the pod template it was born with. Immutable and named by the version, so a
/// newer operator with other defaults never changes what a running version is made of.
enum ConfigMapBuilder {
    static func build(_ child: ChildMetadata, version: Version, template: PodTemplateSpec, settings: Settings) throws(JSONError)
        -> DesiredObject
    {
        var annotations = [
            AnnotationKey.fullVersion: version.sha, AnnotationKey.podTemplate: try JSONTreeEncoder().encode(template).text,
        ]
        if let claims = child.set.spec.volumeClaimTemplates, !claims.isEmpty {
            annotations[AnnotationKey.claimTemplates] = try JSONTreeEncoder().encode(claims).text
        }
        let metadata = child.metadata(
            child.names.configMap(version), .configuration, version: version,
            annotations: annotations)
        var content: JSONValue = ["immutable": true]
        if child.set.spec.hasSpicepod {
            let spicepod = merged(child.set.spec.spicepod ?? .object([:]), telemetry: settings.telemetryProperties)
            content["data"] = ["spicepod.yaml": .string(YAML.serialize(spicepod))]
        }
        return try child.object(.configMaps, metadata, content)
    }

    /// The Spicepod with the operator's telemetry properties; the user's keys win.
    private static func merged(_ spicepod: JSONValue, telemetry: [String: String]) -> JSONValue {
        guard !telemetry.isEmpty else { return spicepod }
        var spicepod = spicepod
        let own = spicepod[path: "runtime", "telemetry", "properties"]?.objectValue ?? [:]
        let all = telemetry.mapValues { JSONValue.string($0) }.merging(own) { _, user in user }
        spicepod[path: "runtime", "telemetry", "properties"] = .object(all)
        return spicepod
    }
}
