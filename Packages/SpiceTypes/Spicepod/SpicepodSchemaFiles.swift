import JSON
import YAML

/// The schemas of Spicepods, one YAML file a version in `Schemas/`, made into a Swift file that the programs carry.
///
/// A file has `version`, perhaps `deprecated` (why, and what to do), perhaps `extends` (the version whose types it adds to or
/// replaces field by field), and `types`: named objects with their `fields` and those of them that are `required`. A field is
/// - `string`, `bool`, `count` (an integer of 0 or more), `params` (text, numbers and booleans by name), `any`,
/// - the name of a type,
/// - `{enum: [texts]}`, `{list: field}`, `{map: field}`, `{oneOf: [fields]}`,
/// - `{type: field}` where it is only one of the above with more to say.
///
/// More to say: `deprecated: what to do instead`; `reserved: [texts]` that a text may not be, in upper case or lower; on a list
/// of objects `uniqueBy: field`, and `references: true` where `{ref, dependsOn}` may stand for an object.
public enum SpicepodSchemaFiles {
    /// Where the schemas are, relative to the root of the repository.
    public static let folder = "Packages/SpiceTypes/Spicepod/Schemas"

    /// What is wrong with a schema.
    public struct Problem: Error, CustomStringConvertible {
        public var description: String
    }

    /// Path and text of the generated file, from the texts of the schemas.
    public static func make(schemas: [String]) throws -> [(path: String, text: String)] {
        var files: [String: JSONValue] = [:]
        for text in schemas {
            let schema = try YAML.parse(text)
            guard let version = schema["version"]?.stringValue else { throw Problem(description: "a schema has no version") }
            files[version] = schema
        }
        let whole = try files.keys.sorted().map { try extended($0, files, depth: 0) }
        return [
            (
                "Packages/SpiceTypes/Validation/Generated/SpicepodSchemas.swift",
                """
                // Generated from \(folder) by `make generate`.

                extension SpicepodSchemas {
                    /// The schemas of all versions, as JSON.
                    static let generated = #\"""
                        \(JSONValue.array(whole).text)
                        \"""#
                }

                """
            )
        ]
    }

    /// The schema with what it extends.
    private static func extended(_ version: String, _ files: [String: JSONValue], depth: Int) throws -> JSONValue {
        guard depth < 10, var schema = files[version] else {
            throw Problem(description: "the schema \(version) is not there, or extends itself")
        }
        guard let base = schema["extends"]?.stringValue else { return schema }
        var types = try extended(base, files, depth: depth + 1)["types"] ?? .object([:])
        for (name, type) in schema["types"]?.objectValue ?? [:] {
            if let required = type["required"] { types[path: name, "required"] = required }
            for (key, field) in type["fields"]?.objectValue ?? [:] { types[path: name, "fields", key] = field }
        }
        schema["types"] = types
        schema["extends"] = nil
        return schema
    }
}
