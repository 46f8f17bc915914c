public import JSON

/// Where two trees differ first: what a person is told as the reason of a change.
public enum FieldDifference {
    /// The path of the first difference in the order of keys, as `env[MODE].value`; nil where there is none. Lists of the same
    /// length are compared element by element, which are named by their `name`, and among arguments by the flag before them.
    public static func path(from old: JSONValue?, to new: JSONValue?, below path: String = "") -> String? {
        if old == new { return nil }
        switch (old, new) {
        case (.object(let before), .object(let after)):
            for key in Set(before.keys).union(after.keys).sorted() {
                let member = path.isEmpty ? key : "\(path).\(key)"
                if let found = Self.path(from: before[key], to: after[key], below: member) { return found }
            }
            return nil
        case (.array(let before), .array(let after)) where before.count == after.count:
            for index in before.indices {
                let name = after[index]["name"]?.stringValue ?? flag(of: after, at: index) ?? "\(index)"
                if let found = Self.path(from: before[index], to: after[index], below: "\(path)[\(name)]") { return found }
            }
            return nil
        default: return path
        }
    }

    private static func flag(of arguments: [JSONValue], at index: Int) -> String? {
        guard index > 0, let flag = arguments[index - 1].stringValue, flag.hasPrefix("--") else { return nil }
        return flag
    }
}
