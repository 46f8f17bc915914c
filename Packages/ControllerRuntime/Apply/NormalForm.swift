import JSON
import KubernetesModel

/// Takes out of JSON what makes no difference to the API server, so that what was sent and what came back can be compared.
///
/// Built-in kinds go through Go types, which leave out zero values, rewrite quantities, and fill defaults into lists and
/// structs that an applier owns as a whole (`atomic`). Custom resources are kept as they are sent. What is not known here costs
/// an unnecessary write after a restart, never a missing one; `Applier` sees to it that it is not sent again and again.
struct NormalForm {
    private let isBuiltIn: Bool

    init(of object: JSONValue) {
        let apiVersion = object["apiVersion"]?.stringValue ?? ""
        let group = apiVersion.split(separator: "/").dropLast().first.map(String.init) ?? ""
        isBuiltIn = !group.contains(".") || group.hasSuffix(".k8s.io")
    }

    /// Nil for what means the same as nothing.
    func normal(_ value: JSONValue) -> JSONValue? {
        isBuiltIn ? builtIn(value, key: "", parent: "") : asSent(value)
    }

    // MARK: Custom resources

    private func asSent(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .null: nil
        case .object(let members): .object(members.compactMapValues(asSent))
        case .array(let elements): .array(sorted(elements.map { asSent($0) ?? .null }))
        default: number(value)
        }
    }

    // MARK: Built-in kinds

    /// Maps whose keys belong to the user: nothing in them is ours to know.
    private static let userMaps: Set<String> = [
        "labels", "annotations", "matchLabels", "nodeSelector", "data", "binaryData", "stringData", "volumeAttributes",
        "parameters",
    ]
    /// Maps of quantities, and fields that are one.
    private static let quantityMaps: Set<String> = ["requests", "limits", "capacity", "hard"]
    private static let quantities: Set<String> = ["storage", "sizeLimit", "divisor", "averageValue"]

    /// Fields and the values with which Go leaves them out (`omitempty` without a pointer), or which the server fills in where
    /// they are absent: both say the same as no field.
    private static let silent: [String: Set<JSONValue>] = [
        // left out
        "value": [""], "subPath": [""], "medium": [""], "apiGroup": [""], "effect": [""], "operator": [""],
        "hostNetwork": [false], "hostPID": [false], "hostIPC": [false], "readOnly": [false], "stdin": [false], "stdinOnce": [false],
        "tty": [false], "publishNotReadyAddresses": [false], "paused": [false], "minReadySeconds": [0], "initialDelaySeconds": [0],
        "unschedulable": [false],
        // filled in, within what is owned as a whole
        "protocol": ["TCP"], "divisor": ["0"], "volumeMode": ["Filesystem"],
    ]
    /// The same, under a certain parent only.
    private static let silentWithin: [String: [String: Set<JSONValue>]] = [
        "fieldRef": ["apiVersion": ["v1"]],
        "serviceAccountToken": ["expirationSeconds": [3600]],
        "subjects": ["apiGroup": ["", "rbac.authorization.k8s.io"]],
    ]

    private func builtIn(_ value: JSONValue, key: String, parent: String) -> JSONValue? {
        switch value {
        case .null: return nil
        case .object(let members):
            if Self.userMaps.contains(key) {
                return members.isEmpty ? nil : .object(members.filter { !$0.value.isNull })
            }
            return object(members, key: key)
        case .array(let elements):
            let kept = elements.map { builtIn($0, key: key, parent: parent) ?? .null }
            return kept.isEmpty ? nil : .array(sorted(kept))
        default:
            if Self.quantities.contains(key) || Self.quantityMaps.contains(parent) { return quantity(value) }
            return number(value)
        }
    }

    private func object(_ members: [String: JSONValue], key: String) -> JSONValue? {
        var kept: [String: JSONValue] = [:]
        for (name, member) in members {
            guard let normal = builtIn(member, key: name, parent: key) else { continue }
            if Self.silent[name]?.contains(normal) ?? false { continue }
            if Self.silentWithin[key]?[name]?.contains(normal) ?? false { continue }
            kept[name] = normal
        }
        // the server writes a whole PersistentVolumeClaim
        if key == "volumeClaimTemplates" { for name in ["apiVersion", "kind", "status"] { kept[name] = nil } }
        // `emptyDir: {}` is a choice; an object all of whose members say nothing may have been left out
        if kept.isEmpty, Self.quantityMaps.contains(key) { return nil }
        return .object(kept)
    }

    private func quantity(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(Quantity(text).canonical)
        case .int(let number): .string(Quantity("\(number)").canonical)
        case .double(let number): .string(Quantity("\(number)").canonical)
        default: value
        }
    }

    // MARK: Both

    /// An integer written as 1.0 is stored as 1.
    private func number(_ value: JSONValue) -> JSONValue {
        if case .double = value, let whole = value.intValue { .int(whole) } else { value }
    }

    /// Lists of objects in an order of their own: associative lists come back in the order of their first owner.
    private func sorted(_ elements: [JSONValue]) -> [JSONValue] {
        guard case .object? = elements.first else { return elements }
        return elements.map { ($0, $0.text) }.sorted { $0.1 < $1.1 }.map(\.0)
    }
}
