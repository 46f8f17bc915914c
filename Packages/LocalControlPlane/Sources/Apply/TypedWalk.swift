import JSON
import KubernetesSchema

/// How a value looks to server-side apply, given its schema.
enum TypedShape {
    /// Owned as one: scalars, atomic lists and maps, nulls.
    case leaf
    case map([String: JSONValue])
    case list([(element: String, value: JSONValue)])
}

extension Schema {
    func shape(of value: JSONValue) -> TypedShape {
        switch value {
        case .object(let members): return isAtomicMap ? .leaf : .map(members)
        case .array(let elements):
            guard listType != .atomic else { return .leaf }
            return .list(elements.map { (pathElement(of: $0), $0) })
        default: return .leaf
        }
    }

    /// The element of a keyed list or set as a path element. A key that is absent takes its schema's default (`protocol: TCP`).
    func pathElement(of item: JSONValue) -> String {
        guard case .map(let keys) = listType else { return "v:\(item.text)" }
        var identity: [String: JSONValue] = [:]
        for key in keys { identity[key] = item[key] ?? items?.properties[key]?.defaultValue }
        return "k:\(JSONValue.object(identity).text)"
    }

    func schema(ofMember name: String) -> Schema { member(name)?.schema ?? .any }

    /// All fields the value sets: the set an applier owns.
    func fieldSet(of value: JSONValue) -> FieldSet {
        var result = FieldSet()
        switch shape(of: value) {
        case .leaf: break
        case .map(let members):
            for (name, member) in members {
                let element = "f:\(name)"
                let schema = schema(ofMember: name)
                if schema.isLeaf(member) || member == .object([:]) {
                    result.members.insert(element)
                } else {
                    if properties[name] == nil { result.members.insert(element) }
                    result.attach(schema.fieldSet(of: member), at: element)
                }
            }
        case .list(let elements):
            for (element, item) in elements {
                result.members.insert(element)
                if let items, !items.isLeaf(item) { result.attach(items.fieldSet(of: item), at: element) }
            }
        }
        return result
    }

    func isLeaf(_ value: JSONValue) -> Bool {
        if case .leaf = shape(of: value) { true } else { false }
    }

    /// `base` with everything `patch` sets; maps and keyed lists merge, all else is replaced.
    func merging(_ patch: JSONValue, into base: JSONValue?) -> JSONValue {
        guard let base else { return patch }
        switch (shape(of: base), shape(of: patch)) {
        case (.map(var members), .map(let changes)):
            for (name, change) in changes { members[name] = schema(ofMember: name).merging(change, into: members[name]) }
            return .object(members)
        case (.list(let left), .list(let right)):
            return .array(mergeLists(left, right))
        default: return patch
        }
    }

    /// Keeps the order of `right`; what only `left` has stays before the shared item it preceded.
    private func mergeLists(
        _ left: [(element: String, value: JSONValue)], _ right: [(element: String, value: JSONValue)]
    ) -> [JSONValue] {
        let leftValues = Dictionary(left.map { ($0.element, $0.value) }, uniquingKeysWith: { first, _ in first })
        let rightElements = Set(right.map(\.element))
        var result: [JSONValue] = []
        var next = left.startIndex
        var taken: Set<String> = []
        func merged(_ item: (element: String, value: JSONValue)) -> JSONValue {
            (items ?? .any).merging(item.value, into: leftValues[item.element])
        }
        for item in right where taken.insert(item.element).inserted {
            if leftValues[item.element] != nil, let position = left[next...].firstIndex(where: { $0.element == item.element }) {
                result += left[next..<position].filter { !rightElements.contains($0.element) }.map(\.value)
                next = position + 1
            }
            result.append(merged(item))
        }
        return result + left[next...].filter { !rightElements.contains($0.element) }.map(\.value)
    }

    /// `value` without the fields and items in `set`.
    func removing(_ set: FieldSet, from value: JSONValue) -> JSONValue {
        switch shape(of: value) {
        case .leaf: return value
        case .map(var members):
            for (name, member) in members {
                let element = "f:\(name)"
                if set.members.contains(element) {
                    members[name] = nil
                } else if let below = set.children[element] {
                    members[name] = schema(ofMember: name).removing(below, from: member)
                }
            }
            return .object(members)
        case .list(let elements):
            return .array(
                elements.compactMap { element, item in
                    if set.members.contains(element) { return nil }
                    guard let below = set.children[element], let items else { return item }
                    return items.removing(below, from: item)
                })
        }
    }
}
