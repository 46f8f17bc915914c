import JSON

/// A set of field paths as `managedFields[].fieldsV1` holds it.
///
/// A path element is kept in its serialised form: `f:name` a member, `k:{"name":"x"}` an item of a keyed list, `v:"x"` a member of
/// a set. An element in `members` is owned itself; one in `children` has owned elements below it.
struct FieldSet: Sendable, Hashable {
    var members: Set<String> = []
    var children: [String: FieldSet] = [:]

    var isEmpty: Bool { members.isEmpty && children.values.allSatisfy(\.isEmpty) }

    mutating func attach(_ child: FieldSet, at element: String) {
        if !child.isEmpty { children[element] = child }
    }

    func union(_ other: FieldSet) -> FieldSet {
        FieldSet(
            members: members.union(other.members),
            children: children.merging(other.children) { $0.union($1) })
    }

    func intersection(_ other: FieldSet) -> FieldSet {
        var result = FieldSet(members: members.intersection(other.members))
        for (element, child) in children {
            if let counterpart = other.children[element] { result.attach(child.intersection(counterpart), at: element) }
        }
        return result
    }

    func subtracting(_ other: FieldSet) -> FieldSet {
        var result = FieldSet(members: members.subtracting(other.members))
        for (element, child) in children {
            result.attach(other.children[element].map { child.subtracting($0) } ?? child, at: element)
        }
        return result
    }

    /// With every member on the way to a deeper one made a member itself (items of lists excepted): what owns `spec.a` owns `spec`.
    var withNamedFields: FieldSet {
        var result = FieldSet(members: members)
        for (element, child) in children where !child.isEmpty {
            if element.hasPrefix("f:") { result.members.insert(element) }
            result.children[element] = child.withNamedFields
        }
        return result
    }

    /// Every member as a path of elements, those of a level before the deeper ones.
    var paths: [[String]] {
        var result: [[String]] = []
        for (element, child) in children.sorted(by: { $0.key < $1.key }) { result += child.paths.map { [element] + $0 } }
        return members.sorted().map { [$0] } + result
    }

    /// The set without all that is not below `element`.
    func only(_ element: String) -> FieldSet {
        FieldSet(members: members.intersection([element]), children: children.filter { $0.key == element })
    }

    mutating func remove(path: [String]) {
        guard let first = path.first else { return }
        if path.count == 1 {
            members.remove(first)
            children[first] = nil
        } else if var child = children[first] {
            child.remove(path: Array(path.dropFirst()))
            children[first] = child.isEmpty ? nil : child
        }
    }

    /// `.spec.containers[name="x"].image`
    static func text(of path: [String]) -> String {
        path.map { element in
            let body = element.dropFirst(2)
            switch element.prefix(2) {
            case "f:": return ".\(body)"
            case "k:":
                let keys = (try? JSONValue(parsing: String(body)))?.objectValue ?? [:]
                return "[" + keys.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }.joined(separator: ",") + "]"
            case "v:": return "[=\(body)]"
            default: return "[\(body)]"
            }
        }.joined()
    }
}

extension FieldSet {
    init(fieldsV1 json: JSONValue) {
        for (element, child) in json.objectValue ?? [:] where element != "." {
            let below = child.objectValue ?? [:]
            if below.isEmpty || below["."] != nil { members.insert(element) }
            attach(FieldSet(fieldsV1: child), at: element)
        }
    }

    var fieldsV1: JSONValue {
        var result: [String: JSONValue] = [:]
        for member in members { result[member] = .object([:]) }
        for (element, child) in children where !child.isEmpty {
            var below = child.fieldsV1
            if members.contains(element) { below["."] = .object([:]) }
            result[element] = below
        }
        return .object(result)
    }
}
