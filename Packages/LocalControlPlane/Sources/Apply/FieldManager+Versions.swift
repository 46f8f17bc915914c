import JSON
import KubernetesSchema

/// Ownership across versions: each entry of `managedFields` speaks of the fields of its own version, so what a write does to it is
/// found out in that version (`structured-merge-diff/merge/update.go`).
extension FieldManager {
    struct Change {
        var changed = FieldSet()
        var removed = FieldSet()
    }

    /// What the write does, as each version among the entries sees it. Entries of versions that are gone go with them.
    func changes(
        from base: JSONValue, to object: JSONValue, own: Change, seenBy managed: inout ManagedFields, _ core: APICore
    ) throws(StatusError) -> [String: Change] {
        var changes = [owner.apiVersion: own]
        guard core.registry.versions(of: storage) != nil else { return changes }
        for version in Set(managed.entries.map(\.owner.apiVersion)).subtracting([owner.apiVersion]).sorted() {
            guard let type = schema(of: version, core) else {
                managed.entries.removeAll { $0.owner.apiVersion == version }
                continue
            }
            let (old, new) = (try converted(base, to: version, core), try converted(object, to: version, core))
            changes[version] = change(restricted(old), restricted(new), type)
        }
        return changes
    }

    func change(_ old: JSONValue, _ new: JSONValue, _ schema: Schema) -> Change {
        let comparison = Comparison(old, new, schema)
        return Change(changed: stripped(comparison.added.union(comparison.modified)), removed: stripped(comparison.removed))
    }

    /// `object` without what this manager applied before and nobody owns any more.
    func abandoning(
        _ previous: ManagedFields.Entry, in object: JSONValue, owners: [ManagedFields.Entry], _ core: APICore
    ) throws(StatusError) -> JSONValue {
        let versions = Set(owners.map(\.owner.apiVersion)).union([previous.owner.apiVersion])
        if versions == [owner.apiVersion] || core.registry.versions(of: storage) == nil {
            let owned = owners.reduce(FieldSet()) { $0.union($1.fields) }
            return schema.removing(stripped(previous.fields.withNamedFields.subtracting(owned.withNamedFields)), from: object)
        }
        let last = previous.owner.apiVersion
        guard let type = schema(of: last, core) else { return object }
        let merged = try converted(object, to: last, core)
        var pruned = type.removing(stripped(previous.fields.withNamedFields), from: merged)
        // What somebody owns comes back, each in the words of the owner's version.
        for version in versions.sorted() {
            guard let type = schema(of: version, core) else { continue }
            let owned = owners.filter { $0.owner.apiVersion == version }.reduce(FieldSet()) { $0.union($1.fields) }
            pruned = try kept(pruned, of: merged, version, type, core) { gone in gone.subtracting(owned.withNamedFields) }
        }
        // A removal may take along what this manager never owned, such as all of an item of a list: that comes back too.
        pruned = try kept(pruned, of: merged, last, type, core) { gone in gone.intersection(previous.fields.withNamedFields) }
        return try converted(pruned, to: owner.apiVersion, core)
    }

    /// `merged` in `version` without those of the fields that `pruned` lacks which `choose` gives up.
    private func kept(
        _ pruned: JSONValue, of merged: JSONValue, _ version: String, _ schema: Schema, _ core: APICore,
        _ choose: (FieldSet) -> FieldSet
    ) throws(StatusError) -> JSONValue {
        let (merged, pruned) = (try converted(merged, to: version, core), try converted(pruned, to: version, core))
        let gone = schema.fieldSet(of: merged).withNamedFields.subtracting(schema.fieldSet(of: pruned).withNamedFields)
        return schema.removing(stripped(choose(gone)), from: merged)
    }

    private func schema(of version: String, _ core: APICore) -> Schema? {
        if version == owner.apiVersion { return schema }
        return core.registry.versions(of: storage)?.definition.version(version).flatMap { $0.isServed ? $0.schema : nil }
    }

    /// `managedFields` are no part of what is compared.
    private func converted(_ object: JSONValue, to version: String, _ core: APICore) throws(StatusError) -> JSONValue {
        guard object["apiVersion"]?.stringValue != version else { return object }
        var object = object
        object["metadata", "managedFields"] = nil
        return try core.converted([object], to: version, storage).first ?? object
    }
}
