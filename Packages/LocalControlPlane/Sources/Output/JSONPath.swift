import JSON

/// The part of kubectl's JSONPath that printer columns use: `.a.b`, `['a']`, `[0]`, `[*]`, `[?(@.type=="Ready")]`.
struct JSONPath: Sendable {
    private enum Step: Sendable {
        case member(String), index(Int), all
        case filter(path: [String], value: JSONValue, isEqual: Bool)
    }

    private var steps: [Step] = []

    init?(_ text: String) {
        var rest = Substring(text)
        if rest.hasPrefix("{"), rest.hasSuffix("}") { rest = rest.dropFirst().dropLast() }
        while let first = rest.first {
            rest.removeFirst()
            switch first {
            case "$", ".": continue
            case "[":
                guard let end = Self.closing(rest) else { return nil }
                guard let step = Self.bracket(rest[..<end]) else { return nil }
                steps.append(step)
                rest = rest[rest.index(after: end)...]
            default:
                var name = String(first)
                while let next = rest.first, next != ".", next != "[" {
                    rest.removeFirst()
                    if next == "\\", let escaped = rest.first {
                        rest.removeFirst()
                        name.append(escaped)
                    } else {
                        name.append(next)
                    }
                }
                steps.append(name == "*" ? .all : .member(name))
            }
        }
    }

    private static func closing(_ text: Substring) -> Substring.Index? {
        var quote: Character?
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "]" {
                return index
            }
        }
        return nil
    }

    private static func bracket(_ text: Substring) -> Step? {
        if text == "*" { return .all }
        if let index = Int(text) { return .index(index) }
        if let quote = text.first, quote == "'" || quote == "\"", text.last == quote {
            return .member(String(text.dropFirst().dropLast()))
        }
        guard text.hasPrefix("?(@"), text.hasSuffix(")") else { return nil }
        let condition = text.dropFirst(3).dropLast()
        guard let equals = condition.firstIndex(of: "=") else { return nil }
        let isEqual = equals == condition.startIndex || condition[condition.index(before: equals)] != "!"
        let left = condition[..<equals].filter { $0 != "!" && !$0.isWhitespace }
        let right = condition[equals...].drop { $0 == "=" || $0.isWhitespace }.filter { $0 != "'" && $0 != "\"" }
        let quoted = condition[equals...].contains("'") || condition[equals...].contains("\"")
        let value = quoted ? Optional<JSONValue>.none : try? JSONValue(parsing: String(right))
        return .filter(path: left.split(separator: ".").map(String.init), value: value ?? .string(String(right)), isEqual: isEqual)
    }

    func values(in root: JSONValue) -> [JSONValue] {
        steps.reduce([root]) { nodes, step in
            nodes.flatMap { node -> [JSONValue] in
                switch step {
                case .member(let name): node[name].map { [$0] } ?? []
                case .index(let index): node[index].map { [$0] } ?? []
                case .all: node.arrayValue ?? node.objectValue.map { $0.sorted { $0.key < $1.key }.map(\.value) } ?? []
                case .filter(let path, let value, let isEqual):
                    (node.arrayValue ?? []).filter { element in
                        var found: JSONValue? = element
                        for name in path { found = found?[name] }
                        return (found == value) == isEqual && (found != nil || !isEqual)
                    }
                }
            }
        }
    }
}
