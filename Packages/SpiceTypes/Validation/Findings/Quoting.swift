/// Words of the user's in messages: quoted, cut, on one line.
enum Quoted {
    static func text(_ text: some StringProtocol, limit: Int = 80) -> String {
        let start = text.unicodeScalars.prefix(limit)
        var shown = ""
        for scalar in start {
            switch scalar {
            case "\"", "\\": shown += "\\\(scalar)"
            case "\n": shown += "\\n"
            case _ where scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format: shown += " "
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return start.endIndex == text.unicodeScalars.endIndex ? "\"\(shown)\"" : "\"\(shown)…\""
    }

    /// A key as part of a path: `labels[spice.ai/app]`.
    static func key(_ key: String) -> String {
        let quoted = text(key)
        return "[\(quoted.dropFirst().dropLast())]"
    }

    /// `a, b, c`, of a long list the start.
    static func list(_ words: [String], limit: Int = 20) -> String {
        words.count <= limit ? words.joined(separator: ", ") : words.prefix(limit).joined(separator: ", ") + ", …"
    }
}
