import JSON

/// What a Spicepod of one version may hold, as the data in `Packages/SpiceTypes/Spicepod/Schemas` says it.
struct SpicepodSchema: Sendable {
    var version: String
    /// Why the version as a whole is to be left, and for what.
    var deprecated: String?
    var types: [String: Structure]

    /// An object with named fields.
    struct Structure: Sendable {
        var fields: [String: Field]
        var required: [String]
    }

    struct Field: Sendable {
        var type: FieldType
        /// What to do instead.
        var deprecated: String?
    }

    indirect enum FieldType: Sendable {
        case any, bool, count, params
        /// Reserved words are in lower case here.
        case string(reserved: Set<String>)
        case structure(String)
        case choice([String])
        case list(FieldType, uniqueBy: String?, hasReferences: Bool)
        case map(FieldType)
        case oneOf([FieldType])
    }

    /// - Throws: `JSONError` with the path of what cannot be read; the generated schemas are tested to be readable.
    init(_ tree: JSONValue) throws(JSONError) {
        guard let version = tree["version"]?.stringValue, let types = tree["types"]?.objectValue else {
            throw JSONError(.missing, "a schema has a version and types")
        }
        self.version = version
        deprecated = tree["deprecated"]?.stringValue
        self.types = [:]
        for (name, type) in types {
            var fields: [String: Field] = [:]
            for (key, field) in type["fields"]?.objectValue ?? [:] {
                fields[key] = Field(
                    type: try Self.type(field, types, "\(name).\(key)"), deprecated: field["deprecated"]?.stringValue)
            }
            let required = (type["required"]?.arrayValue ?? []).compactMap(\.stringValue)
            self.types[name] = Structure(fields: fields, required: required)
        }
        guard self.types[Self.root] != nil, self.types[Self.reference] != nil else {
            throw JSONError(.missing, "a schema has the types \(Self.root) and \(Self.reference)")
        }
    }

    static let root = "Spicepod"
    static let reference = "Reference"

    private static func type(_ field: JSONValue, _ types: [String: JSONValue], _ path: String) throws(JSONError) -> FieldType {
        if let name = field.stringValue {
            switch name {
            case "string": return .string(reserved: [])
            case "bool": return .bool
            case "count": return .count
            case "params": return .params
            case "any": return .any
            default:
                guard types[name] != nil else { throw JSONError(.missing, path: path, "\(name) is no type") }
                return .structure(name)
            }
        }
        if let inner = field["type"] {
            let type = try type(inner, types, path)
            guard case .string = type, let words = field["reserved"]?.arrayValue else { return type }
            return .string(reserved: Set(words.compactMap { $0.stringValue?.lowercased() }))
        }
        if let words = field["enum"]?.arrayValue { return .choice(words.compactMap(\.stringValue)) }
        if let element = field["list"] {
            return .list(
                try type(element, types, path), uniqueBy: field["uniqueBy"]?.stringValue,
                hasReferences: field["references"]?.boolValue ?? false)
        }
        if let value = field["map"] { return .map(try type(value, types, path)) }
        if let alternatives = field["oneOf"]?.arrayValue {
            var read: [FieldType] = []
            for alternative in alternatives { read.append(try type(alternative, types, path)) }
            return .oneOf(read)
        }
        throw JSONError(.mismatch, path: path, "is no field of a schema")
    }
}

/// The schemas by version, read once.
enum SpicepodSchemas {
    static let all: [String: SpicepodSchema] = {
        let trees = (try? JSONValue(parsing: generated))?.arrayValue ?? []
        return Dictionary(trees.compactMap { try? SpicepodSchema($0) }.map { ($0.version, $0) }) { first, _ in first }
    }()

    /// As they are told to people.
    static let versions = all.keys.sorted()
}
