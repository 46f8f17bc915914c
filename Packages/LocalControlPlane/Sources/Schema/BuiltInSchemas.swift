import JSON
import KubernetesSchema

/// The schemas of the built-in kinds, read from the table once.
struct BuiltInSchemas: Sendable {
    static let shared = BuiltInSchemas(table: builtInSchemaTable)

    /// By `group/version Kind`.
    private let kinds: [String: Schema]
    /// Type names by `group/version Kind`, for OpenAPI.
    let typeNames: [String: String]

    func schema(apiVersion: String, kind: String) -> Schema? {
        kinds[Self.key(apiVersion: apiVersion, kind: kind)]
    }

    static func key(apiVersion: String, kind: String) -> String {
        (apiVersion.contains("/") ? apiVersion : "/" + apiVersion) + " " + kind
    }

    private init(table: String) {
        var reader = Reader()
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            switch words.first {
            case "@kind": reader.kinds["\(words[1]) \(words[2])"] = words[3]
            case "@type":
                reader.current = words[1]
                reader.types[words[1]] = RawType(isAtomic: words.count > 2)
            default: reader.types[reader.current]?.lines.append(words)
            }
        }
        typeNames = reader.kinds
        var resolved: [String: Schema] = [:]
        for (key, name) in reader.kinds { resolved[key] = reader.schema(ofType: name) }
        kinds = resolved
    }

    private struct RawType {
        var isAtomic: Bool
        var lines: [[String]] = []
    }

    private struct Reader {
        var kinds: [String: String] = [:]
        var types: [String: RawType] = [:]
        var current = ""
        var done: [String: Schema] = [:]

        mutating func schema(ofType name: String) -> Schema {
            if let schema = done[name] { return schema }
            guard let raw = types[name] else { return .atomic }
            done[name] = .any  // ends the recursion of a type that holds itself
            var properties: [String: Schema] = [:]
            var required: [String] = []
            for words in raw.lines where words.count >= 2 {
                var field = words[0]
                if field.hasSuffix("!") {
                    field.removeLast()
                    required.append(field)
                }
                properties[field] = schema(ofField: words[1], attributes: words.dropFirst(2))
            }
            let schema = Schema(
                kind: .object, typeName: name, properties: properties, required: required, isAtomicMap: raw.isAtomic)
            done[name] = schema
            return schema
        }

        mutating func schema(ofField type: String, attributes: ArraySlice<String>) -> Schema {
            var listType = Schema.ListType.atomic
            var strategy: Schema.PatchStrategy?
            var isAtomicMap = false
            var defaultValue: JSONValue?
            var enumeration: [JSONValue] = []
            for attribute in attributes {
                guard let equals = attribute.firstIndex(of: "=") else { continue }
                let value = String(attribute[attribute.index(after: equals)...])
                switch attribute[..<equals] {
                case "list":
                    let parts = value.split(separator: ":").map(String.init)
                    if parts.first == "set" { listType = .set }
                    if parts.count == 2 { listType = .map(keys: parts[1].split(separator: ",").map(String.init)) }
                case "map": isAtomicMap = value == "atomic"
                case "merge":
                    let parts = value.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
                    strategy = Schema.PatchStrategy(
                        merge: parts[0].contains("merge"), retainKeys: parts[0].contains("retainKeys"),
                        key: parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil)
                case "default": defaultValue = try? JSONValue(parsing: value)
                case "enum": enumeration = value.split(separator: "|", omittingEmptySubsequences: false).map { .string(String($0)) }
                default: break
                }
            }
            let base = schema(ofTypeExpression: type)
            return Schema(
                kind: base.kind, typeName: base.typeName, format: base.format, properties: base.properties,
                additional: base.additional, items: base.items,
                required: base.required, listType: listType, isAtomicMap: base.isAtomicMap || isAtomicMap, patchStrategy: strategy,
                defaultValue: defaultValue, enumeration: enumeration, preservesUnknown: base.preservesUnknown)
        }

        mutating func schema(ofTypeExpression type: String) -> Schema {
            if type.hasPrefix("["), type.hasSuffix("]") {
                return Schema(kind: .array, items: schema(ofTypeExpression: String(type.dropFirst().dropLast())))
            }
            if type.hasPrefix("{"), type.hasSuffix("}") {
                return Schema(kind: .object, additional: schema(ofTypeExpression: String(type.dropFirst().dropLast())))
            }
            switch type {
            case "string": return Schema(kind: .string)
            case "int32", "int64": return Schema(kind: .integer, format: type)
            case "number": return Schema(kind: .number)
            case "boolean": return Schema(kind: .boolean)
            case "quantity": return Schema(kind: .quantity)
            case "intorstring": return Schema(kind: .intOrString)
            case "time": return Schema(kind: .time)
            case "microtime": return Schema(kind: .microTime)
            case "bytes": return Schema(kind: .bytes)
            case "any": return .atomic
            default: return schema(ofType: type)
            }
        }
    }
}
