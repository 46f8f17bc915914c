import JSON

struct ScalarProblem: Error {
    var message: String
}

enum Tag {
    static let prefix = "tag:yaml.org,2002:"

    static func short(_ tag: String) -> String {
        tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
    }
}

/// The value of a scalar: by its tag if it has one, by its characters when it stands unquoted, else a string.
func resolveScalar(_ text: String, plain: Bool, tag: String?, schema: YAMLSchema) throws(ScalarProblem) -> JSONValue {
    guard let tag else { return plain ? try resolvePlain(text, schema) : .string(text) }
    let short = Tag.short(tag)
    switch short {
    case "!", "!!str": return .string(text)
    case "!!null", "!!bool", "!!int", "!!float": break
    default: throw ScalarProblem(message: "tag \(short) is not supported")
    }
    switch (short, try resolvePlain(text, schema)) {
    case ("!!null", .null): return .null
    case ("!!bool", .bool(let value)): return .bool(value)
    case ("!!int", .int(let value)): return .int(value)
    case ("!!float", .double(let value)): return .double(value)
    case ("!!float", .int(let value)): return .double(Double(value))
    default: throw ScalarProblem(message: "\"\(text)\" cannot be read as \(short)")
    }
}

func resolvePlain(_ text: String, _ schema: YAMLSchema) throws(ScalarProblem) -> JSONValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF":
        throw ScalarProblem(message: "\(text) has no counterpart in JSON")
    default: break
    }
    if schema == .kubernetes {
        switch text {
        case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON": return .bool(true)
        case "n", "N", "no", "No", "NO", "off", "Off", "OFF": return .bool(false)
        default: break
        }
    }
    return resolveNumber(text, schema) ?? .string(text)
}
