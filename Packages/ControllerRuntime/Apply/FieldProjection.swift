import JSON

/// Cuts out of an object what a `fieldsV1` set names
/// (https://pkg.go.dev/sigs.k8s.io/structured-merge-diff/v6/fieldpath).
enum FieldProjection {
    static func project(_ value: JSONValue, along fields: JSONValue) -> JSONValue {
        let parts = (fields.objectValue ?? [:]).filter { $0.key != "." }
        // a leaf is owned whole
        guard !parts.isEmpty else { return value }
        switch value {
        case .object(let members):
            var owned: [String: JSONValue] = [:]
            for (part, inner) in parts where part.hasPrefix("f:") {
                let name = String(part.dropFirst(2))
                // a field that is owned and not there is one that the server leaves out, such as an empty list
                if let member = members[name] { owned[name] = project(member, along: inner) }
            }
            return .object(owned)
        case .array(let elements):
            let items = parts.compactMap { Item($0.key, $0.value) }
            return .array(
                elements.enumerated().compactMap { index, element in
                    items.first { $0.selects(element, at: index) }.map { project(element, along: $0.fields) }
                })
        default: return value
        }
    }

    /// A path part that names an element of a list.
    private struct Item {
        private enum Selection {
            case keys([String: JSONValue])
            case value(JSONValue)
            case index(Int)
        }

        private let selection: Selection
        let fields: JSONValue

        /// `k:{"name":"x"}`, `v:"x"` or `i:2`; nil for anything else.
        init?(_ part: String, _ fields: JSONValue) {
            let rest = String(part.dropFirst(2))
            if part.hasPrefix("i:"), let index = Int(rest) {
                selection = .index(index)
            } else if part.hasPrefix("k:"), let keys = try? JSONValue(parsing: rest).objectValue {
                selection = .keys(keys)
            } else if part.hasPrefix("v:"), let value = try? JSONValue(parsing: rest) {
                selection = .value(value)
            } else {
                return nil
            }
            self.fields = fields
        }

        func selects(_ element: JSONValue, at index: Int) -> Bool {
            switch selection {
            case .keys(let keys): keys.allSatisfy { element[$0.key] == $0.value }
            case .value(let value): element == value
            case .index(let wanted): index == wanted
            }
        }
    }
}
