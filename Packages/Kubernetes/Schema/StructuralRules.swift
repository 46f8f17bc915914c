public import JSON

extension StructuralSchema {
    /// Every specified field has a type, and list types fit: what makes a schema structural.
    public static func errors(of schema: JSONValue, path: String) -> [FieldError] {
        var errors: [FieldError] = []
        let isFree = schema["x-kubernetes-preserve-unknown-fields"] == true || schema["x-kubernetes-int-or-string"] == true
        if schema["type"] == nil, !isFree {
            errors.append(.required("\(path).type", "must not be empty for specified object fields"))
        }
        if schema["type"] == "array", schema["items"] == nil { errors.append(.required("\(path).items", "must be specified")) }
        if schema["properties"] != nil, schema["additionalProperties"] != nil {
            errors.append(.forbidden("\(path).additionalProperties", "additionalProperties and properties are mutual exclusive"))
        }
        if schema["x-kubernetes-list-type"] == "map" {
            let keys = schema.names("x-kubernetes-list-map-keys")
            let items = schema["items"] ?? [:]
            for key in keys where items[path: "properties", key] == nil {
                errors.append(
                    .invalid("\(path).x-kubernetes-list-map-keys", .string(key), "entries must all be names of item properties"))
            }
            for key in keys
            where !items.names("required").contains(key) && items[path: "properties", key]?["default"] == nil {
                errors.append(
                    .required(
                        "\(path).items.properties[\(key)].default",
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"))
            }
        }
        for (name, property) in (schema["properties"]?.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
            if path.hasSuffix("openAPIV3Schema"), ["metadata", "apiVersion", "kind"].contains(name) { continue }
            errors += Self.errors(of: property, path: "\(path).properties[\(name)]")
        }
        if let items = schema["items"] { errors += Self.errors(of: items, path: "\(path).items") }
        if let values = schema["additionalProperties"], case .object = values {
            errors += Self.errors(of: values, path: "\(path).additionalProperties")
        }
        return errors
    }
}

extension JSONValue {
    fileprivate func names(_ key: String) -> [String] { (self[key]?.arrayValue ?? []).compactMap(\.stringValue) }
}
