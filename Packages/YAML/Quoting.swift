import JSON

/// How a string can be written so that every reader, of YAML 1.1 or 1.2, gets the same string back.
enum StringStyle {
    case plain, single, double, literal

    static func of(_ text: String, key: Bool) -> StringStyle {
        guard let first = text.utf8.first, let last = text.utf8.last else { return .double }
        var needsEscapes = false
        var lines = false
        var quotes = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": lines = true
            case "\"", "\\": quotes = true
            default: needsEscapes = needsEscapes || mustEscape(scalar)
            }
        }
        if lines { return !key && !needsEscapes && fitsLiteral(text) ? .literal : .double }
        if needsEscapes { return .double }
        let space = UInt8(ascii: " ")
        let plain = first != space && last != space && !hasIndicator(text.utf8) && isStringForEveryReader(text)
        return plain ? .plain : quotes ? .single : .double
    }

    /// Outside what libyaml takes as printable, or a line break to some reader. Tabs are legal but invisible.
    static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// A last line of blanks cannot be told from indentation, and a text of line ends only has no content to indent.
    private static func fitsLiteral(_ text: String) -> Bool {
        let lastLine = text.utf8.reversed().drop { $0 == 0x0A }.prefix { $0 != 0x0A }
        return lastLine.contains { $0 != UInt8(ascii: " ") }
    }

    /// Characters that mean something at the start or after a blank.
    private static func hasIndicator(_ bytes: String.UTF8View) -> Bool {
        guard let first = bytes.first else { return true }
        if "[]{},#&*!|>'\"%@`".utf8.contains(first) { return true }
        let second = bytes.dropFirst().first
        if "-?:".utf8.contains(first), second == nil || second == UInt8(ascii: " ") { return true }
        if bytes.starts(with: "---".utf8) || bytes.starts(with: "...".utf8) { return true }
        var previous = first
        for byte in bytes.dropFirst() {
            if previous == UInt8(ascii: ":") && byte == UInt8(ascii: " ") { return true }
            if previous == UInt8(ascii: " ") && byte == UInt8(ascii: "#") { return true }
            previous = byte
        }
        return previous == UInt8(ascii: ":")
    }

    private static func isStringForEveryReader(_ text: String) -> Bool {
        for schema in [YAMLSchema.kubernetes, .core] {
            guard case .string? = try? resolvePlain(text, schema) else { return false }
        }
        return text != "<<" && text != "=" && !isOldNumber(text) && !isDate(text)
    }

    /// What only YAML 1.1 reads as a number: base 60 (`1:30`, `10:20.5`) and underscores in fractions.
    private static func isOldNumber(_ text: String) -> Bool {
        let bytes = text.utf8.filter { $0 != UInt8(ascii: "_") }
        guard let first = bytes.first, isDigit(first) || isSign(first) || first == UInt8(ascii: ".") else { return false }
        if bytes.count < text.utf8.count, resolveNumber(String(decoding: bytes, as: UTF8.self), .kubernetes) != nil { return true }
        let body = isSign(first) ? bytes.dropFirst() : bytes[...]
        let parts = body.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count > 1, let head = parts.first, !head.isEmpty, head.allSatisfy(isDigit), let tail = parts.last else {
            return false
        }
        let seconds = tail.prefix { $0 != UInt8(ascii: ".") }
        guard tail.dropFirst(seconds.count + 1).allSatisfy(isDigit) else { return false }
        return (parts.dropFirst().dropLast() + [seconds]).allSatisfy { part in
            (1...2).contains(part.count) && part.allSatisfy(isDigit)
                && (part.count == 1 || part[part.startIndex] < UInt8(ascii: "6"))
        }
    }

    /// Anything like `2026-01-31` with nothing but a time behind it.
    private static func isDate(_ text: String) -> Bool {
        let parts = text.utf8.prefix(11).split(separator: UInt8(ascii: "-"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[0].allSatisfy(isDigit), (1...2).contains(parts[1].count),
            parts[1].allSatisfy(isDigit), let day = parts[2].first, isDigit(day)
        else { return false }
        return text.utf8.allSatisfy { isDigit($0) || "-:.+TtZz ".utf8.contains($0) }
    }
}
