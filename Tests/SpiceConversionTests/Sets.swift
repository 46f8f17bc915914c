import JSON
import SpiceConversion
import SpiceTypes
import YAML

/// A SpicepodSet with this spec, as YAML; with a small spicepod unless the spec has one.
func set(_ version: String, _ spec: String) throws -> JSONValue {
    var tree = try YAML.parse(spec)
    if tree.isNull { tree = [:] }
    if tree["spicepod"] == nil { tree["spicepod"] = ["name": "demo", "version": "v1"] }
    return [
        "apiVersion": .string("spice.ai/\(version)"), "kind": "SpicepodSet", "metadata": ["name": "demo", "namespace": "default"],
        "spec": tree,
    ]
}

extension JSONValue {
    func converted(to version: String) throws -> JSONValue {
        try SpiceConversion.convert(self, to: "spice.ai/\(version)")
    }

    /// The spec without the spicepod that `set` adds.
    var fields: JSONValue {
        var spec = self["spec"] ?? [:]
        if spec["spicepod"] == ["name": "demo", "version": "v1"] { spec["spicepod"] = nil }
        return spec
    }

    var memory: String? { self[path: "metadata", "annotations", AnnotationKey.conversion]?.stringValue }

    /// The object as its user would write it.
    var manifest: JSONValue { SpiceConversion.withoutMemory(self) }
}
