import JSON
import KubernetesModel
import KubernetesSchema

/// Decoding as Go's typed structs do it: nulls and empty optional lists and maps vanish, quantities become canonical, unknown
/// fields are dropped and reported, wrong types are errors.
struct BuiltInDecoder {
    private let kind: String
    private let version: String
    private(set) var unknown: [String] = []

    init(kind: String, version: String) {
        self.kind = kind
        self.version = version
    }

    mutating func decode(_ value: JSONValue, as schema: Schema) throws(StatusError) -> JSONValue {
        try decode(value, schema, path: "") ?? .object([:])
    }

    private mutating func decode(_ value: JSONValue, _ schema: Schema, path: String) throws(StatusError) -> JSONValue? {
        switch value {
        case .null: return nil
        case .object(let members):
            if schema.kind == .any { return value }
            guard schema.kind == .object else { throw mismatch(value, schema, path) }
            var kept: [String: JSONValue] = [:]
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                let here = path.isEmpty ? name : schema.additional == nil ? "\(path).\(name)" : path
                guard let known = schema.properties[name] ?? schema.additional else {
                    if schema.preservesUnknown { kept[name] = member } else { unknown.append(here) }
                    continue
                }
                guard let decoded = try decode(member, known, path: here) else { continue }
                if schema.additional == nil, isOmitted(decoded, known, name: name, required: schema.required) { continue }
                kept[name] = decoded
            }
            return .object(kept)
        case .array(let elements):
            if schema.kind == .any { return value }
            guard schema.kind == .array else { throw mismatch(value, schema, path) }
            guard let items = schema.items else { return value }
            var kept: [JSONValue] = []
            for (index, element) in elements.enumerated() {
                kept.append(try decode(element, items, path: "\(path)[\(index)]") ?? (items.kind == .object ? .object([:]) : .null))
            }
            return .array(kept)
        default:
            guard schema.accepts(value) else { throw mismatch(value, schema, path) }
            switch schema.kind {
            case .quantity:
                let text = value.stringValue ?? value.text
                guard Quantity(text).isValid else {
                    throw StatusError.badRequest(
                        "\(kind) in version \"\(version)\" cannot be handled as a \(kind): quantities must match the regular expression "
                            + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
                }
                return .string(Quantity(text).canonical)
            case .integer: return value.intValue.map { .int($0) } ?? value
            default: return value
            }
        }
    }

    /// `omitempty`. What is a pointer in Go cannot be told from the published schema, so only known plain fields are dropped.
    private func isOmitted(_ value: JSONValue, _ schema: Schema, name: String, required: [String]) -> Bool {
        if required.contains(name) { return false }
        return switch value {
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty && schema.properties.isEmpty && schema.kind != .any
        case .bool(false): Self.plainBooleans.contains(name)
        case .string(""): name == "value"
        default: false
        }
    }

    private static let plainBooleans: Set<String> = [
        "hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty", "publishNotReadyAddresses", "readOnly",
    ]

    private func mismatch(_ value: JSONValue, _ schema: Schema, _ path: String) -> StatusError {
        let found =
            switch value {
            case .bool: "bool"
            case .int, .double: "number"
            default: value.typeName
            }
        let wanted =
            switch schema.kind {
            case .boolean: "bool"
            case .integer: schema.format ?? "int64"
            case .number: "float64"
            case .array: "[]\(schema.items.map { "\($0.kind)" } ?? "interface {}")"
            case .object: "struct"
            case .time, .microTime: "time.Time"
            default: "string"
            }
        return .badRequest(
            "\(kind) in version \"\(version)\" cannot be handled as a \(kind): json: cannot unmarshal \(found) into Go struct field \(kind).\(path) of type \(wanted)"
        )
    }
}
