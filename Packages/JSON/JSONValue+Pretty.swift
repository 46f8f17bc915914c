extension JSONValue {
    /// For people: two spaces, a member a line, in the order of `keyOrder`.
    public func prettyText(keyOrder: (String, String) -> Bool = { $0 < $1 }) -> String {
        var output = ""
        writePretty(to: &output, indent: "", keyOrder)
        return output
    }

    private func writePretty(to output: inout String, indent: String, _ keyOrder: (String, String) -> Bool) {
        let inner = indent + "  "
        switch self {
        case .object(let members) where !members.isEmpty:
            output += "{"
            for (index, member) in members.sorted(by: { keyOrder($0.key, $1.key) }).enumerated() {
                output += "\(index == 0 ? "" : ",")\n\(inner)\(JSONValue.string(member.key).text): "
                member.value.writePretty(to: &output, indent: inner, keyOrder)
            }
            output += "\n\(indent)}"
        case .array(let elements) where !elements.isEmpty:
            output += "["
            for (index, element) in elements.enumerated() {
                output += "\(index == 0 ? "" : ",")\n\(inner)"
                element.writePretty(to: &output, indent: inner, keyOrder)
            }
            output += "\n\(indent)]"
        default: output += text
        }
    }
}
