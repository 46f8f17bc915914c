public import JSON
import KubernetesModel

/// Builds structural OpenAPI v3 schemas from the Swift types and their doc comments.
public struct SchemaBuilder {
    private let docs: SourceDocs
    /// Whether `+default=` becomes part of the schema. A version that is only converted must not have any: the API server would
    /// fill them in before the conversion, and what was left out could no longer be told from what was written.
    private let hasDefaults: Bool

    public init(docs: SourceDocs, hasDefaults: Bool = true) {
        self.docs = docs
        self.hasDefaults = hasDefaults
    }

    /// - Throws: `JSONError` for a type that has no schema, naming it.
    public func schema(of type: any Decodable.Type) throws -> JSONValue {
        if let scalar = Self.scalar(type) { return scalar }
        if let values = StringEnum.values(of: type) {
            return ["type": "string", "enum": .array(values.map { .string($0) })]
        }
        if let collection = type as? any CollectionSchema.Type {
            let element = try schema(of: collection.elementType)
            return collection.isMap
                ? ["type": "object", "additionalProperties": element] : ["type": "array", "items": element]
        }
        return try object(type)
    }

    private static func scalar(_ type: any Decodable.Type) -> JSONValue? {
        switch type {
        case is String.Type: ["type": "string"]
        case is Bool.Type: ["type": "boolean"]
        case is Int32.Type: ["type": "integer", "format": "int32"]
        case is Int64.Type: ["type": "integer", "format": "int64"]
        case is Double.Type: ["type": "number", "format": "double"]
        case is Timestamp.Type: ["type": "string", "format": "date-time"]
        case is JSONValue.Type: ["type": "object"]
        case is IntOrString.Type: intOrString
        case is Quantity.Type: quantity
        default: nil
        }
    }

    private static let intOrString: JSONValue = [
        "x-kubernetes-int-or-string": true, "anyOf": [["type": "integer"], ["type": "string"]],
    ]

    /// apimachinery's own pattern for quantities.
    private static let quantity: JSONValue = [
        "x-kubernetes-int-or-string": true, "anyOf": [["type": "integer"], ["type": "string"]],
        "pattern":
            "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$",
    ]

    private func object(_ type: any Decodable.Type) throws -> JSONValue {
        let name = String(describing: type)
        var schema: JSONValue = ["type": "object"]
        var properties: [String: JSONValue] = [:]
        var required: [String] = []
        for member in try TypeProbe.members(of: type) {
            var property = try self.schema(of: member.type)
            var comment = docs.field(member.name, of: name) ?? .init()
            if comment.text.isEmpty { comment.text = docs.type(String(describing: member.type))?.text ?? "" }
            guard !comment.text.isEmpty else { throw JSONError.unsupported("\(name).\(member.name) without a doc comment") }
            try apply(comment, to: &property)
            properties[member.name] = property
            if !member.isOptional || comment.markers["required"] != nil { required.append(member.name) }
        }
        schema["properties"] = .object(properties)
        if !required.isEmpty { schema["required"] = .array(required.sorted().map { .string($0) }) }
        if let comment = docs.type(name) {
            if !comment.text.isEmpty { schema["description"] = .string(comment.text) }
            try Self.apply(comment.rules, to: &schema)
        }
        return schema
    }

    private func apply(_ comment: SourceDocs.Comment, to schema: inout JSONValue) throws {
        schema["description"] = .string(comment.text)
        for (marker, value) in comment.markers {
            switch marker {
            case "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems":
                schema[marker] = try JSONValue(parsing: value)
            case "default":
                if hasDefaults { schema["default"] = (try? JSONValue(parsing: value)) ?? .string(value) }
            case "pattern", "format": schema[marker] = .string(value)
            case "listType": schema["x-kubernetes-list-type"] = .string(value)
            case "listMapKey": schema["x-kubernetes-list-map-keys"] = [.string(value)]
            case "preserveUnknownFields": schema["x-kubernetes-preserve-unknown-fields"] = true
            case "anyType": schema["type"] = nil
            case "requires": schema["required"] = .array((schema["required"]?.arrayValue ?? []) + [.string(value)])
            case "required": break
            default: throw JSONError(.mismatch, "unknown marker +\(marker)")
            }
        }
        try Self.apply(comment.rules, to: &schema)
    }

    private static func apply(_ rules: [SourceDocs.Rule], to schema: inout JSONValue) throws {
        guard !rules.isEmpty else { return }
        let validations: [JSONValue] = try rules.map { rule in
            guard let message = rule.message else { throw JSONError(.missing, "+cel needs a +celMessage after it") }
            var validation: JSONValue = ["rule": .string(rule.expression), "message": .string(message)]
            validation["fieldPath"] = rule.fieldPath.map { .string($0) }
            validation["reason"] = rule.reason.map { .string($0) }
            return validation
        }
        schema["x-kubernetes-validations"] = .array((schema["x-kubernetes-validations"]?.arrayValue ?? []) + validations)
    }
}
