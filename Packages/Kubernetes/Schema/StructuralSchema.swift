public import JSON

/// Reads the schema of a custom resource from its CRD (`openAPIV3Schema`).
public enum StructuralSchema {
    /// `apiVersion`, `kind` and `metadata` are typed by the server, whatever the CRD says of them.
    public static func schema(ofVersion openAPI: JSONValue?, metadata: Schema) -> Schema {
        let root = openAPI.map { schema(of: $0) } ?? .any
        var properties = root.properties
        properties["apiVersion"] = Schema(kind: .string)
        properties["kind"] = Schema(kind: .string)
        properties["metadata"] = metadata
        return Schema(
            kind: .object, description: root.description, properties: properties, required: root.required,
            isAtomicMap: root.isAtomicMap, preservesUnknown: root.preservesUnknown, constraints: root.constraints)
    }

    public static func schema(of json: JSONValue) -> Schema {
        let isIntOrString = json["x-kubernetes-int-or-string"] == true
        let additional: Schema? =
            switch json["additionalProperties"] {
            case .some(.object(let members)): schema(of: .object(members))
            case .some(.bool(true)): .any
            default: nil
            }
        let properties = (json["properties"]?.objectValue ?? [:]).mapValues { schema(of: $0) }
        return Schema(
            kind: isIntOrString ? .intOrString : kind(json["type"]?.stringValue), format: json["format"]?.stringValue,
            description: json["description"]?.stringValue, properties: properties, additional: additional,
            items: json["items"].map { schema(of: $0) },
            required: (json["required"]?.arrayValue ?? []).compactMap(\.stringValue), listType: listType(json),
            isAtomicMap: json["x-kubernetes-map-type"] == "atomic", defaultValue: json["default"],
            enumeration: json["enum"]?.arrayValue ?? [], isNullable: json["nullable"] == true,
            preservesUnknown: json["x-kubernetes-preserve-unknown-fields"] == true,
            isEmbeddedResource: json["x-kubernetes-embedded-resource"] == true, constraints: constraints(json))
    }

    private static func kind(_ type: String?) -> Schema.Kind {
        switch type {
        case "string": .string
        case "integer": .integer
        case "number": .number
        case "boolean": .boolean
        case "object": .object
        case "array": .array
        default: .any
        }
    }

    private static func listType(_ json: JSONValue) -> Schema.ListType {
        switch json["x-kubernetes-list-type"]?.stringValue {
        case "set": .set
        case "map": .map(keys: (json["x-kubernetes-list-map-keys"]?.arrayValue ?? []).compactMap(\.stringValue).sorted())
        default: .atomic
        }
    }

    private static func constraints(_ json: JSONValue) -> Constraints? {
        guard let members = json.objectValue, members.keys.contains(where: constraintNames.contains) else { return nil }
        func integer(_ key: String) -> Int? { members[key]?.intValue.flatMap { Int(exactly: $0) } }
        func schemas(_ key: String) -> [Schema] { (members[key]?.arrayValue ?? []).map { schema(of: $0) } }
        return Constraints(
            minimum: members["minimum"]?.doubleValue, maximum: members["maximum"]?.doubleValue,
            exclusiveMinimum: members["exclusiveMinimum"] == true, exclusiveMaximum: members["exclusiveMaximum"] == true,
            multipleOf: members["multipleOf"]?.doubleValue, minLength: integer("minLength"), maxLength: integer("maxLength"),
            pattern: members["pattern"]?.stringValue, minItems: integer("minItems"), maxItems: integer("maxItems"),
            minProperties: integer("minProperties"), maxProperties: integer("maxProperties"), allOf: schemas("allOf"),
            anyOf: schemas("anyOf"), oneOf: schemas("oneOf"), not: members["not"].map { [schema(of: $0)] } ?? [])
    }

    private static let constraintNames: Set<String> = [
        "minimum", "maximum", "multipleOf", "minLength", "maxLength", "pattern", "minItems", "maxItems", "minProperties",
        "maxProperties",
        "allOf", "anyOf", "oneOf", "not",
    ]
}
