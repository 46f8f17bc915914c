import JSON
import KubernetesModel
import SpiceTypes
import SpiceValidation
import Testing
import YAML

/// Sets to judge.
enum Sample {
    /// A set whose spec is a Spicepod and the given members, in YAML.
    static func set(_ spec: String = "{}", name: String? = "demo", labels: [String: String]? = nil) throws -> SpicepodSet {
        var tree: JSONValue = ["spicepod": ["name": "demo", "kind": "Spicepod", "version": "v2"]]
        for (key, member) in try YAML.parse(spec).objectValue ?? [:] { tree[key] = member }
        return SpicepodSet(
            metadata: ObjectMeta {
                $0.name = name
                $0.namespace = "default"
                $0.labels = labels
            }, spec: try JSONTreeDecoder().decode(SpicepodSetSpec.self, from: tree))
    }

    /// A set with a Spicepod of the given members, in YAML.
    static func spicepod(_ members: String, version: String = "v2") throws -> SpicepodSet {
        var set = try set()
        var spicepod: JSONValue = ["name": "demo", "kind": "Spicepod", "version": .string(version)]
        for (key, member) in try YAML.parse(members).objectValue ?? [:] { spicepod[key] = member }
        set.spec.spicepod = spicepod
        return set
    }

    /// Everything that is found, as `rule: path: message`.
    static func told(_ set: SpicepodSet, _ context: ValidationContext = .init()) -> [String] {
        SpicepodSetValidator.findings(set, context).map { "\($0.rule): \($0)" }
    }

    static func told(_ spec: String, before: String? = nil, classes: Set<String>? = nil) throws -> [String] {
        let context = ValidationContext(old: try before.map { try set($0) }, storageClasses: classes)
        return told(try set(spec), context)
    }
}

/// A spec and all that is to be told of it.
struct Case: Sendable, CustomTestStringConvertible {
    var spec: String
    var told: [String]
    var before: String?
    var classes: Set<String>?

    init(_ spec: String, _ told: String..., before: String? = nil, classes: Set<String>? = nil) {
        self.spec = spec
        self.told = told
        self.before = before
        self.classes = classes
    }

    var testDescription: String { spec }

    func check() throws {
        #expect(try Sample.told(spec, before: before, classes: classes) == told)
    }
}
