import JSON

/// Writes block style. `column` is where the enclosing key or dash stands.
struct Serializer {
    let keyOrder: (String, String) -> Bool
    private(set) var output = ""

    init(keyOrder: @escaping (String, String) -> Bool) {
        self.keyOrder = keyOrder
    }

    mutating func writeRoot(_ value: JSONValue) {
        switch value {
        case .object(let members) where !members.isEmpty: write(members, column: 0, inline: true)
        case .array(let elements) where !elements.isEmpty: write(elements, column: 0, inline: true)
        default: writeLeaf(value, column: 0)
        }
    }

    /// `inline`: the first entry continues the line that a dash began.
    private mutating func write(_ members: [String: JSONValue], column: Int, inline: Bool) {
        var inline = inline
        for (key, value) in members.sorted(by: { keyOrder($0.key, $1.key) }) {
            if !inline { indent(column) }
            inline = false
            writeKey(key, column: column)
            switch value {
            case .object(let members) where !members.isEmpty:
                output += "\n"
                write(members, column: column + 2, inline: false)
            case .array(let elements) where !elements.isEmpty:
                output += "\n"
                write(elements, column: column, inline: false)
            default:
                output += " "
                writeLeaf(value, column: column)
            }
        }
    }

    private mutating func write(_ elements: [JSONValue], column: Int, inline: Bool) {
        var inline = inline
        for element in elements {
            if !inline { indent(column) }
            inline = false
            output += "- "
            switch element {
            case .object(let members) where !members.isEmpty: write(members, column: column + 2, inline: true)
            case .array(let elements) where !elements.isEmpty: write(elements, column: column + 2, inline: true)
            default: writeLeaf(element, column: column)
            }
        }
    }

    private mutating func writeKey(_ key: String, column: Int) {
        var text = ""
        switch StringStyle.of(key, key: true) {
        case .plain: text = key
        case .single: text = Self.singleQuoted(key)
        case .double, .literal: text = Self.doubleQuoted(key)
        }
        // Readers look for the colon of a simple key within 1024 characters; a longer key says so with `?`.
        if text.utf8.count > 1000 {
            output += "? " + text + "\n"
            indent(column)
            output += ":"
        } else {
            output += text + ":"
        }
    }

    private mutating func writeLeaf(_ value: JSONValue, column: Int) {
        switch value {
        case .null: output += "null\n"
        case .bool(let value): output += value ? "true\n" : "false\n"
        case .int(let value): output += "\(value)\n"
        case .double(let value): output += Self.text(value) + "\n"
        case .string(let text): write(text, column: column)
        case .array: output += "[]\n"
        case .object: output += "{}\n"
        }
    }

    private mutating func write(_ text: String, column: Int) {
        switch StringStyle.of(text, key: false) {
        case .plain: output += text + "\n"
        case .single: output += Self.singleQuoted(text) + "\n"
        case .double: output += Self.doubleQuoted(text) + "\n"
        case .literal: writeLiteral(text, column: column)
        }
    }

    private mutating func writeLiteral(_ text: String, column: Int) {
        output += "|"
        // Readers take the indentation from the first line with content, unless told.
        if let first = text.utf8.first, first == 0x0A || first == UInt8(ascii: " ") { output += "2" }
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true {
            lines.removeLast()
            if lines.last?.isEmpty == true { output += "+" }
        } else {
            output += "-"
        }
        output += "\n"
        for line in lines {
            if !line.isEmpty {
                indent(column + 2)
                output += String(decoding: line, as: UTF8.self)
            }
            output += "\n"
        }
    }

    private mutating func indent(_ column: Int) {
        for _ in 0..<column { output += " " }
    }

    /// YAML 1.1 wants a point in a number with exponent. What JSON cannot carry becomes null, as in `JSONValue.serialized()`.
    private static func text(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        let text = "\(value)"
        guard !text.contains("."), let mark = text.firstIndex(of: "e") else { return text }
        return text[..<mark] + ".0" + text[mark...]
    }

    private static func singleQuoted(_ text: String) -> String {
        var result = "'"
        // By scalars: a combining mark would hide the quote inside a character.
        for scalar in text.unicodeScalars {
            if scalar == "'" { result += "'" }
            result.unicodeScalars.append(scalar)
        }
        return result + "'"
    }

    private static func doubleQuoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if StringStyle.mustEscape(scalar) {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
