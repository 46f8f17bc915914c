import JSON
import KubernetesSchema

extension Schema {
    /// What keeps `value` from being an apply configuration of this type, in structured-merge-diff's words.
    func typingErrors(of value: JSONValue, path: String = "") -> [String] {
        switch value {
        case .null: return []
        case .object(let members):
            guard kind == .object || kind == .any else { return ["\(path): expected \(expectation), got map"] }
            return members.sorted { $0.key < $1.key }.flatMap { name, member -> [String] in
                let here = "\(path).\(name)"
                if let known = properties[name] ?? additional { return known.typingErrors(of: member, path: here) }
                return preservesUnknown || kind == .any || isEmbeddedResource ? [] : ["\(here): field not declared in schema"]
            }
        case .array(let elements):
            guard kind == .array || kind == .any else { return ["\(path): expected \(expectation), got list"] }
            guard let items else { return [] }
            return elements.enumerated().flatMap { index, element -> [String] in
                if case .map(let keys) = listType,
                    keys.allSatisfy({ element[$0] == nil && items.properties[$0]?.defaultValue == nil })
                {
                    let names = keys.map { "\"\($0)\"" }.joined(separator: " ")
                    return [
                        "\(path): element \(index): associative list with keys has an element that omits all key fields [\(names)] "
                            + "(and doesn't have default values for any key fields)"
                    ]
                }
                return items.typingErrors(of: element, path: "\(path)[\(index)]")
            }
        default: return accepts(value) ? [] : ["\(path): expected \(expectation), got \(found(value))"]
        }
    }

    private var expectation: String {
        switch kind {
        case .integer, .number: "numeric (int or float)"
        case .boolean: "boolean"
        case .array: "list"
        case .object, .any: "map"
        case .intOrString: "integer or string"
        default: "string"
        }
    }

    private func found(_ value: JSONValue) -> String {
        switch kind {
        case .array, .object, .any: "&{\(value.stringValue ?? value.text)}"
        default: value.typeName
        }
    }
}
