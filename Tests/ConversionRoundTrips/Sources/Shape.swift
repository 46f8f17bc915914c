import JSON

/// A structural schema: what the API server accepts, keeps and fills in. Written apart from the converter's own reading of the schema,
/// so that one can find the other's faults.
final class Shape: Sendable {
    enum Kind: Sendable {
        case object([(name: String, shape: Shape, required: Bool)])
        case map(Shape)
        case list(Shape)
        case choice([String])
        case string, instant, boolean, number, quantity, intOrString, anything
        case integer(ClosedRange<Int64>)
    }

    let kind: Kind
    let standard: JSONValue?
    let keepsUnknown: Bool

    init(_ schema: JSONValue) {
        standard = schema["default"]
        keepsUnknown = schema["x-kubernetes-preserve-unknown-fields"] == true
        kind = Self.kind(of: schema)
    }

    private static func kind(of schema: JSONValue) -> Kind {
        if schema["x-kubernetes-preserve-unknown-fields"] == true { return .anything }
        if schema["x-kubernetes-int-or-string"] == true { return schema["pattern"] == nil ? .intOrString : .quantity }
        if let values = schema["enum"]?.arrayValue { return .choice(values.compactMap(\.stringValue)) }
        switch schema["type"]?.stringValue {
        case "object":
            if let values = schema["additionalProperties"] { return .map(Shape(values)) }
            let required = Set(schema["required"]?.arrayValue ?? [])
            let properties = (schema["properties"]?.objectValue ?? [:]).sorted { $0.key < $1.key }
            return .object(properties.map { ($0.key, Shape($0.value), required.contains(.string($0.key))) })
        case "array": return .list(Shape(schema["items"] ?? [:]))
        case "boolean": return .boolean
        case "number": return .number
        case "integer": return .integer(range(schema))
        default: return schema["format"] == "date-time" ? .instant : .string
        }
    }

    private static func range(_ schema: JSONValue) -> ClosedRange<Int64> {
        let lowest = schema["minimum"]?.intValue ?? 0
        return lowest...max(lowest, schema["maximum"]?.intValue ?? .max)
    }
}

extension Shape {
    /// With all defaults.
    func filled(_ value: JSONValue) -> JSONValue {
        switch (kind, value) {
        case (.object(let properties), .object(var members)):
            for (name, shape, _) in properties {
                if let standard = shape.standard, members[name] ?? .null == .null { members[name] = standard }
                if let member = members[name] { members[name] = shape.filled(member) }
            }
            return .object(members)
        case (.map(let shape), .object(let members)): return .object(members.mapValues(shape.filled))
        case (.list(let shape), .array(let elements)): return .array(elements.map(shape.filled))
        default: return value
        }
    }

    /// What the schema does not allow, as `path: what`; also what the API server would silently drop.
    func problems(_ value: JSONValue, _ path: String = "") -> [String] {
        switch (kind, value) {
        case (.object(let properties), .object(let members)):
            let known = Dictionary(uniqueKeysWithValues: properties.map { ($0.name, $0.shape) })
            var found = members.sorted { $0.key < $1.key }.flatMap { name, member in
                known[name]?.problems(member, "\(path).\(name)") ?? ["\(path).\(name): unknown"]
            }
            for (name, _, required) in properties where required && members[name] == nil {
                found.append("\(path).\(name): missing")
            }
            return found
        case (.map(let shape), .object(let members)):
            return members.sorted { $0.key < $1.key }.flatMap { shape.problems($0.value, "\(path).\($0.key)") }
        case (.list(let shape), .array(let elements)):
            return elements.enumerated().flatMap { shape.problems($0.element, "\(path)[\($0.offset)]") }
        case (.choice(let words), .string(let word)) where words.contains(word): return []
        case (.integer(let range), .int(let number)) where range.contains(number): return []
        case (.string, .string), (.instant, .string), (.boolean, .bool), (.number, .int), (.number, .double): return []
        case (.quantity, .string), (.quantity, .int), (.intOrString, .string), (.intOrString, .int), (.anything, _): return []
        default: return ["\(path): \(value.text.prefix(60)) is not allowed"]
        }
    }
}
