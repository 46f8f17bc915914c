import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import YAML

@testable import SetController

/// Sets to test with.
enum Sample {
    static let now = Timestamp(unixSeconds: 1_800_000_000)

    static func set(_ name: String = "demo", _ configure: (inout SpicepodSetSpec) -> Void = { _ in }) -> SpicepodSet {
        var spec = SpicepodSetSpec()
        spec.spicepod = ["name": "demo", "kind": "Spicepod", "version": "v1"]
        configure(&spec)
        let metadata = ObjectMeta {
            $0.name = name
            $0.namespace = "default"
            $0.uid = "0ddba11-\(name)"
            $0.generation = 1
        }
        return SpicepodSet(metadata: metadata, spec: spec)
    }

    /// A set whose spec is that of `set()` and the given members.
    static func set(yaml: String) throws -> SpicepodSet {
        var spec: JSONValue = ["spicepod": ["name": "demo", "kind": "Spicepod", "version": "v1"]]
        for (key, member) in try YAML.parse(yaml).objectValue ?? [:] { spec[key] = member }
        var set = set()
        set.spec = try JSONTreeDecoder().decode(SpicepodSetSpec.self, from: spec)
        return set
    }

    static func world(_ set: SpicepodSet) -> World { World(set: set, now: now) }

    static func status(_ conditions: [(type: String, status: Condition.Status, reason: Reason)]) -> SpicepodSetStatus {
        SpicepodSetStatus {
            $0.conditions = conditions.map {
                Condition(
                    type: $0.type, status: $0.status, observedGeneration: 1, lastTransitionTime: now, reason: $0.reason.rawValue,
                    message: "")
            }
        }
    }
}

extension SpicepodSetStatus {
    func condition(_ type: String) -> Condition? { conditions?.first { $0.type == type } }
}

extension SetPlan {
    /// Names of the objects of a kind to apply, in order.
    func applied(_ resource: ResourceType) -> [String] { apply.filter { $0.resource == resource }.map(\.key.name) }

    func removed(_ resource: ResourceType) -> [String] { delete.filter { $0.resource == resource }.map(\.key.name) }

    func object(_ resource: ResourceType, _ name: String) -> JSONValue? {
        apply.first { $0.resource == resource && $0.key.name == name }?.object
    }
}
