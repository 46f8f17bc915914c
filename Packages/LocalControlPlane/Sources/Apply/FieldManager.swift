import JSON
import KubernetesSchema

/// One write as ownership sees it.
struct FieldManager {
    var schema: Schema
    var owner: ManagedFields.Owner
    /// Of the entry; writes through `scale` carry none.
    var now: String?
    /// Fields the write may not touch are never owned through it: `status` on the main resource, all but it on `status`.
    var scope: Scope
    /// Where the object is stored: how it gets into the versions that other entries speak of.
    var storage: GroupResource

    enum Scope { case all, allButStatus, statusOnly }

    struct Result {
        var object: JSONValue
        var managed: ManagedFields
    }

    /// Server-side apply of `intent` on `live` (nil: it is created).
    ///
    /// The rules are structured-merge-diff's: merge, remove what this manager applied before, applies no more and nobody else owns,
    /// and refuse to change what others own unless forced.
    func apply(_ intent: JSONValue, to live: JSONValue?, managed: ManagedFields, force: Bool, in core: APICore) throws(StatusError)
        -> Result
    {
        let base = live ?? emptyObject(like: intent)
        let intent = restricted(intent)
        var result = managed
        let previous = result.index(of: owner).map { result.entries[$0] }
        let applied = stripped(schema.fieldSet(of: intent))
        result.entries.removeAll { $0.owner.isSame(as: owner) }

        var object = schema.merging(intent, into: base)
        if let previous {
            object = try abandoning(
                previous, in: object, owners: result.entries + [ManagedFields.Entry(owner: owner, fields: applied)], core)
        }

        let own = change(base, object, schema)
        let changes = try changes(from: base, to: object, own: own, seenBy: &result, core)
        let conflicts = result.entries.compactMap { entry -> (ManagedFields.Entry, FieldSet)? in
            let conflict = entry.fields.intersection(changes[entry.owner.apiVersion]?.changed ?? FieldSet())
            return conflict.isEmpty ? nil : (entry, conflict)
        }
        if !force, !conflicts.isEmpty { throw Self.conflict(conflicts) }
        for index in result.entries.indices {
            guard let change = changes[result.entries[index].owner.apiVersion] else { continue }
            result.entries[index].fields = result.entries[index].fields.subtracting(change.changed).subtracting(change.removed)
        }
        result.entries.append(ManagedFields.Entry(owner: owner, time: now, fields: applied))
        if let index = managed.index(of: owner), managed.hasSameFields(as: result), object == base {
            result.entries[result.entries.count - 1].time = managed.entries[index].time
        }
        return Result(object: object, managed: result)
    }

    /// What an update or patch from `live` to `object` does to ownership: the writer takes what it changed.
    func update(
        _ object: JSONValue, from live: JSONValue?, managed: ManagedFields, in core: APICore
    ) throws(StatusError) -> ManagedFields {
        let base = live ?? emptyObject(like: object)
        let own = change(restricted(base), restricted(object), schema)
        let changed = own.changed
        if changed.isEmpty && own.removed.isEmpty { return managed }
        var result = managed
        let changes = try changes(from: base, to: object, own: own, seenBy: &result, core)
        for index in result.entries.indices {
            guard let change = changes[result.entries[index].owner.apiVersion] else { continue }
            var fields = result.entries[index].fields.subtracting(change.removed)
            if !result.entries[index].owner.isSame(as: owner) { fields = fields.subtracting(change.changed) }
            result.entries[index].fields = fields
        }
        if !changed.isEmpty {
            if let index = result.index(of: owner) {
                result.entries[index].fields = result.entries[index].fields.union(changed)
                result.entries[index].time = now
            } else {
                result.entries.append(ManagedFields.Entry(owner: owner, time: now, fields: changed))
            }
        }
        result.entries.removeAll { $0.fields.isEmpty }
        return result
    }

    private func emptyObject(like object: JSONValue) -> JSONValue {
        var empty: JSONValue = ["metadata": [:]]
        empty["apiVersion"] = object["apiVersion"]
        empty["kind"] = object["kind"]
        return empty
    }

    func restricted(_ object: JSONValue) -> JSONValue {
        switch scope {
        case .all: return object
        case .allButStatus:
            var object = object
            object["status"] = nil
            return object
        case .statusOnly:
            var result = emptyObject(like: object)
            result["metadata", "name"] = object[path: "metadata", "name"]
            result["status"] = object["status"]
            return result
        }
    }

    func stripped(_ fields: FieldSet) -> FieldSet {
        var fields = fields
        fields.members.subtract(["f:apiVersion", "f:kind", "f:metadata"])
        fields.children["f:apiVersion"] = nil
        fields.children["f:kind"] = nil
        if var metadata = fields.children["f:metadata"] {
            for name in Self.serverFields {
                metadata.members.remove(name)
                metadata.children[name] = nil
            }
            fields.children["f:metadata"] = metadata.isEmpty ? nil : metadata
        }
        return fields
    }

    private static let serverFields = [
        "f:name", "f:namespace", "f:creationTimestamp", "f:selfLink", "f:uid", "f:generation", "f:managedFields",
        "f:resourceVersion",
        "f:deletionTimestamp", "f:deletionGracePeriodSeconds",
    ]

    private static func conflict(_ conflicts: [(ManagedFields.Entry, FieldSet)]) -> StatusError {
        let list = conflicts.sorted { $0.0.owner.manager < $1.0.owner.manager }.flatMap { entry, fields in
            fields.paths.map { (name(of: entry), FieldSet.text(of: $0)) }
        }
        let causes = list.map { manager, path -> JSONValue in
            ["reason": "FieldManagerConflict", "message": .string("conflict with \(manager)"), "field": .string(path)]
        }
        var message: String
        if let only = list.first, list.count == 1 {
            message = "Apply failed with 1 conflict: conflict with \(only.0): \(only.1)"
        } else {
            var lines: [String] = []
            var manager: String?
            for (owner, path) in list {
                if owner != manager { lines.append("conflicts with \(owner):") }
                manager = owner
                lines.append("- \(path)")
            }
            message = "Apply failed with \(list.count) conflicts: " + lines.joined(separator: "\n")
        }
        return StatusError(409, "Conflict", message, details: ["causes": .array(causes)])
    }

    private static func name(of entry: ManagedFields.Entry) -> String {
        var text = "\"\(entry.owner.manager)\""
        if !entry.owner.subresource.isEmpty { text += " with subresource \"\(entry.owner.subresource)\"" }
        if entry.owner.operation == .update { text += " using \(entry.owner.apiVersion)" }
        return text
    }
}

extension JSONValue {
    /// `object["metadata", "name"]`
    subscript(first: String, second: String) -> JSONValue? {
        get { self[first]?[second] }
        set {
            var parent = self[first] ?? .object([:])
            parent[second] = newValue
            self[first] = parent
        }
    }
}
