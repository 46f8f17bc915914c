import Logging

/// One event, ready to be written. Key order is fixed: time, level, logger, message, then fields by name.
struct LogLine {
    var time: LogTime
    var level: Logger.Level
    var logger: String
    var message: String
    var fields: [(String, Logger.MetadataValue)]

    /// A field must not hide one of the line's own keys.
    private static let reserved: Set<String> = ["time", "level", "logger", "message"]

    func json() -> [UInt8] {
        var writer = LogJSONWriter()
        writer.raw("{\"time\":\"")
        time.append(to: &writer.output)
        writer.raw("\",\"level\":\"\(level.rawValue)\",\"logger\":")
        writer.string(logger)
        writer.raw(",\"message\":")
        writer.string(message)
        for (name, value) in fields {
            writer.raw(",")
            writer.string(Self.reserved.contains(name) ? name + "_" : name)
            writer.raw(":")
            writer.value(value)
        }
        writer.raw("}\n")
        return writer.output
    }

    /// `2026-01-31T10:00:00.000Z info  set-controller: message name=value other="two words"`
    func text() -> [UInt8] {
        var writer = LogJSONWriter()
        time.append(to: &writer.output)
        let padding = String(repeating: " ", count: max(0, 8 - level.rawValue.utf8.count))
        writer.raw(" \(level.rawValue)\(padding) ")
        writer.plain(logger)
        writer.raw(": ")
        writer.plain(message)
        for (name, value) in fields {
            writer.raw(" ")
            writer.plain(name)
            writer.raw("=")
            switch value {
            case .string(let text): writer.word(text)
            case .stringConvertible(let text): writer.word(text.description)
            case .array, .dictionary: writer.value(value)
            }
        }
        writer.raw("\n")
        return writer.output
    }
}

/// Appends JSON to a line.
struct LogJSONWriter {
    var output: [UInt8] = []

    init() { output.reserveCapacity(256) }

    mutating func raw(_ text: String) { output.append(contentsOf: text.utf8) }

    mutating func value(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): string(text)
        case .stringConvertible(let convertible): scalar(convertible)
        case .array(let elements):
            raw("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { raw(",") }
                self.value(element)
            }
            raw("]")
        case .dictionary(let members):
            raw("{")
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { raw(",") }
                string(member.key)
                raw(":")
                self.value(member.value)
            }
            raw("}")
        }
    }

    /// Numbers and booleans stay what they are, so that a log store can compare them.
    private mutating func scalar(_ convertible: any CustomStringConvertible & Sendable) {
        switch convertible {
        case is Bool, is any FixedWidthInteger: raw(convertible.description)
        case let number as Double where number.isFinite: raw("\(number)")
        default: string(convertible.description)
        }
    }

    mutating func string(_ text: String) {
        output.append(UInt8(ascii: "\""))
        escaped(text, quotes: true)
        output.append(UInt8(ascii: "\""))
    }

    /// As it is, but never over more than one line and without terminal control.
    mutating func plain(_ text: String) { escaped(text, quotes: false) }

    /// Quoted only if it would not be one word.
    mutating func word(_ text: String) {
        let isWord =
            !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") && $0 != 0x7F }
        if isWord { raw(text) } else { string(text) }
    }

    private mutating func escaped(_ text: String, quotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                if quotes { output.append(UInt8(ascii: "\\")) }
                output.append(byte)
            case 0x0A: raw("\\n")
            case 0x0D: raw("\\r")
            case 0x09: raw("\\t")
            case 0..<0x20, 0x7F:
                raw("\\u00")
                let digits = String(byte, radix: 16)
                raw(digits.utf8.count < 2 ? "0" + digits : digits)
            default: output.append(byte)
            }
        }
    }
}
