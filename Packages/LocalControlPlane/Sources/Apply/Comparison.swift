import JSON
import KubernetesSchema

/// Which fields differ between two values of one type.
struct Comparison {
    var added = FieldSet()
    var modified = FieldSet()
    var removed = FieldSet()

    init() {}

    init(_ old: JSONValue?, _ new: JSONValue?, _ schema: Schema) {
        switch Self.pair(old, new, schema) {
        case .leaf: break
        case .maps(let left, let right):
            for name in Set((left ?? [:]).keys).union((right ?? [:]).keys) {
                let child = schema.schema(ofMember: name)
                let isList = schema.required.contains(name) && child.kind == .array
                attach(
                    "f:\(name)", Self.present(left?[name], in: left, child, isRequiredList: isList),
                    Self.present(right?[name], in: right, child, isRequiredList: isList), child)
            }
        case .lists(let left, let right):
            let old = Dictionary((left ?? []).map { ($0.element, $0.value) }, uniquingKeysWith: { first, _ in first })
            let new = Dictionary((right ?? []).map { ($0.element, $0.value) }, uniquingKeysWith: { first, _ in first })
            for element in Set(old.keys).union(new.keys) { attach(element, old[element], new[element], schema.items ?? .any) }
        }
    }

    private enum Pair {
        case leaf
        case maps([String: JSONValue]?, [String: JSONValue]?)
        case lists([(element: String, value: JSONValue)]?, [(element: String, value: JSONValue)]?)
    }

    private static func pair(_ old: JSONValue?, _ new: JSONValue?, _ schema: Schema) -> Pair {
        switch (old.map { schema.shape(of: $0) }, new.map { schema.shape(of: $0) }) {
        case (.map(let left)?, .map(let right)?): left.isEmpty && right.isEmpty ? .leaf : .maps(left, right)
        case (.map(let left)?, nil): left.isEmpty ? .leaf : .maps(left, nil)
        case (nil, .map(let right)?): right.isEmpty ? .leaf : .maps(nil, right)
        case (.list(let left)?, .list(let right)?): left.isEmpty && right.isEmpty ? .leaf : .lists(left, right)
        case (.list(let left)?, nil): left.isEmpty ? .leaf : .lists(left, nil)
        case (nil, .list(let right)?): right.isEmpty ? .leaf : .lists(nil, right)
        default: .leaf
        }
    }

    /// A plain struct or a required list of Go is there even when the JSON leaves it out.
    private static func present(
        _ value: JSONValue?, in parent: [String: JSONValue]?, _ schema: Schema, isRequiredList: Bool
    ) -> JSONValue? {
        if value != nil || parent == nil { return value }
        if schema.isAlwaysPresent { return .object([:]) }
        return isRequiredList ? Optional(.array([])) : .none
    }

    private mutating func attach(_ element: String, _ old: JSONValue?, _ new: JSONValue?, _ schema: Schema) {
        if old == new { return }
        let below = Comparison(old, new, schema)
        added.attach(below.added, at: element)
        modified.attach(below.modified, at: element)
        removed.attach(below.removed, at: element)
        if old == nil {
            added.members.insert(element)
        } else if new == nil {
            removed.members.insert(element)
        } else if case .leaf = Self.pair(old, new, schema) {
            modified.members.insert(element)
        }
    }
}
