import JSON
import KubernetesSchema

/// Kubernetes' own patch: lists merge by the key their type declares; `$patch`, `$retainKeys`, `$setElementOrder/…` and
/// `$deleteFromPrimitiveList/…` direct it.
enum StrategicMergePatch {
    static func apply(_ patch: JSONValue, to target: JSONValue?, schema: Schema) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var members = target?.objectValue ?? [:]
        if changes["$patch"] == "replace" { return .object(changes.filter { $0.key != "$patch" }) }
        if changes["$patch"] == "delete" { return .object([:]) }
        if let retained = changes["$retainKeys"]?.arrayValue?.compactMap(\.stringValue) {
            members = members.filter { retained.contains($0.key) }
        }
        for (key, change) in changes where !key.hasPrefix("$") {
            let child = schema.member(key)?.schema ?? .any
            if change.isNull {
                members[key] = nil
            } else if case .array(let items) = change {
                members[key] = .array(merge(items, into: members[key]?.arrayValue ?? [], child))
            } else if change["$patch"] == "delete" {
                members[key] = nil
            } else {
                members[key] = apply(change, to: members[key], schema: child)
            }
        }
        for (directive, value) in changes where directive.hasPrefix("$") {
            let parts = directive.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2, let elements = members[parts[1]]?.arrayValue, let operands = value.arrayValue else { continue }
            switch parts[0] {
            case "$deleteFromPrimitiveList": members[parts[1]] = .array(elements.filter { !operands.contains($0) })
            case "$setElementOrder":
                let key = schema.member(parts[1])?.schema.patchStrategy?.key
                members[parts[1]] = .array(order(elements, as: operands, server: target?[parts[1]]?.arrayValue ?? [], key: key))
            default: break
            }
        }
        return .object(members)
    }

    private static func merge(_ changes: [JSONValue], into elements: [JSONValue], _ schema: Schema) -> [JSONValue] {
        guard let strategy = schema.patchStrategy, strategy.merge, !changes.contains(["$patch": "replace"]) else {
            return changes.filter { $0 != ["$patch": "replace"] }
        }
        var result = elements
        guard let key = strategy.key else {
            for change in changes where !result.contains(change) { result.append(change) }
            return order(result, as: changes, server: elements, key: nil)
        }
        for change in changes {
            let index = result.firstIndex { $0[key] == change[key] }
            if change["$patch"] == "delete" {
                result.removeAll { $0[key] == change[key] }
            } else if let index {
                result[index] = apply(change, to: result[index], schema: schema.items ?? .any)
            } else {
                result.append(apply(change, to: nil, schema: schema.items ?? .any))
            }
        }
        return order(result, as: changes, server: elements, key: key)
    }

    /// The named elements in the given order, the others in the server's; where they meet, the server's order decides for what it
    /// knows, and what it does not know comes first.
    private static func order(_ elements: [JSONValue], as wanted: [JSONValue], server: [JSONValue], key: String?) -> [JSONValue] {
        func identity(_ element: JSONValue) -> JSONValue { key.map { element[$0] ?? .null } ?? element }
        func ranks(_ list: [JSONValue]) -> [JSONValue: Int] {
            Dictionary(list.enumerated().map { (identity($1), $0) }, uniquingKeysWith: { first, _ in first })
        }
        let (wantedRanks, serverRanks) = (ranks(wanted), ranks(server))
        var others = elements.filter { wantedRanks[identity($0)] == nil }[...]
        let named = elements.filter { wantedRanks[identity($0)] != nil }
            .sorted { (wantedRanks[identity($0)] ?? 0) < (wantedRanks[identity($1)] ?? 0) }
        var result: [JSONValue] = []
        for element in named {
            if let rank = serverRanks[identity(element)] {
                while let other = others.first, (serverRanks[identity(other)] ?? .max) < rank {
                    result.append(others.removeFirst())
                }
            }
            result.append(element)
        }
        return result + others
    }
}
