public import JSON

/// Somebody who owns fields of an object's `spec`. What no manager owns was filled in by the API server
/// (https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management).
public struct SpecOwner: Sendable, Hashable {
    public var manager: String
    /// The first name of each.
    public var fields: Set<String>

    public init(manager: String, fields: Set<String>) {
        self.manager = manager
        self.fields = fields
    }

    /// Who beside `manager` owns some, by name. Subresources are left out: `scale` is a door of its own.
    public static func others(of object: JSONValue, beside manager: String) -> [SpecOwner] {
        var owners: [String: Set<String>] = [:]
        for entry in object[path: "metadata", "managedFields"]?.arrayValue ?? [] where entry["subresource"] == nil {
            let name = entry["manager"]?.stringValue ?? ""
            if name == manager, entry["operation"] == "Apply" { continue }
            let parts = entry[path: "fieldsV1", "f:spec"]?.objectValue?.keys.filter { $0.hasPrefix("f:") } ?? []
            owners[name, default: []].formUnion(parts.map { String($0.dropFirst(2)) })
        }
        return owners.filter { !$0.value.isEmpty }.map { SpecOwner(manager: $0.key, fields: $0.value) }
            .sorted { $0.manager < $1.manager }
    }
}
