import JSON

/// `metadata.managedFields`: who owns which fields.
struct ManagedFields: Sendable, Equatable {
    enum Operation: String, Sendable { case apply = "Apply", update = "Update" }

    /// What makes two entries one: an applier is the same whatever version it applies, an updater is not.
    struct Owner: Sendable, Hashable {
        var manager: String
        var operation: Operation
        var subresource: String
        var apiVersion: String

        func isSame(as other: Owner) -> Bool {
            manager == other.manager && operation == other.operation && subresource == other.subresource
                && (operation == .apply || apiVersion == other.apiVersion)
        }
    }

    struct Entry: Sendable, Equatable {
        var owner: Owner
        var time: String? = nil
        var fields: FieldSet
    }

    var entries: [Entry] = []

    init() {}

    init(json: JSONValue?) {
        for item in json?.arrayValue ?? [] {
            guard let operation = Operation(rawValue: item["operation"]?.stringValue ?? "") else { continue }
            entries.append(
                Entry(
                    owner: Owner(
                        manager: item["manager"]?.stringValue ?? "", operation: operation,
                        subresource: item["subresource"]?.stringValue ?? "", apiVersion: item["apiVersion"]?.stringValue ?? ""),
                    time: item["time"]?.stringValue, fields: FieldSet(fieldsV1: item["fieldsV1"] ?? [:])))
        }
    }

    /// Appliers first, then by time; nil when nobody owns anything.
    var json: JSONValue? {
        let sorted = entries.filter { !$0.fields.isEmpty }.sorted { left, right in
            let leftKey = (left.owner.operation.rawValue, left.time ?? "", left.owner.manager, left.owner.apiVersion)
            let rightKey = (right.owner.operation.rawValue, right.time ?? "", right.owner.manager, right.owner.apiVersion)
            return leftKey == rightKey ? left.owner.subresource < right.owner.subresource : leftKey < rightKey
        }
        if sorted.isEmpty { return nil }
        return .array(
            sorted.map { entry in
                var item: JSONValue = [
                    "manager": .string(entry.owner.manager), "operation": .string(entry.owner.operation.rawValue),
                    "apiVersion": .string(entry.owner.apiVersion), "fieldsType": "FieldsV1", "fieldsV1": entry.fields.fieldsV1,
                ]
                if let time = entry.time { item["time"] = .string(time) }
                if !entry.owner.subresource.isEmpty { item["subresource"] = .string(entry.owner.subresource) }
                return item
            })
    }

    func index(of owner: Owner) -> Int? { entries.firstIndex { $0.owner.isSame(as: owner) } }

    func hasSameFields(as other: ManagedFields) -> Bool {
        func timeless(_ fields: ManagedFields) -> Set<JSONValue> {
            Set(
                (fields.json?.arrayValue ?? []).map {
                    var entry = $0
                    entry["time"] = nil
                    return entry
                })
        }
        return timeless(self) == timeless(other)
    }
}
