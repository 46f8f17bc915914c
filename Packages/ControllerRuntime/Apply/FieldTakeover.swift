import JSON

/// Makes one manager the applier of all that anybody owns of an object's `spec`, so that its next apply replaces the spec as a
/// whole: what the intent does not have goes.
///
/// Ownership is moved, not reset. A replacement (PUT) would leave its own `Update` entry beside the `Apply` one, and the first
/// apply to an object without entries makes one for `before-first-apply`: either owns the fields as well and keeps them alive
/// (https://kubernetes.io/docs/reference/using-api/server-side-apply/#upgrading-from-client-side-apply-to-server-side-apply).
enum FieldTakeover {
    private static let part = "f:spec"

    /// - Returns: the `managedFields` to write; nil where nobody else owns anything of the spec.
    static func managedFields(of object: JSONValue, for manager: String) -> JSONValue? {
        var own: JSONValue = [
            "manager": .string(manager), "operation": "Apply", "fieldsType": "FieldsV1", "fieldsV1": [:],
        ]
        own["apiVersion"] = object["apiVersion"]
        var (others, taken): ([JSONValue], [JSONValue]) = ([], [])
        for var entry in object[path: "metadata", "managedFields"]?.arrayValue ?? [] {
            if entry["manager"]?.stringValue == manager, entry["operation"] == "Apply", entry["subresource"] == nil {
                own = entry
            } else if let fields = entry[path: "fieldsV1", part] {
                taken.append(fields)
                entry[path: "fieldsV1", part] = nil
                if entry["fieldsV1"] != [:] { others.append(entry) }
            } else {
                others.append(entry)
            }
        }
        guard !taken.isEmpty else { return nil }
        own[path: "fieldsV1", part] = taken.reduce(own[path: "fieldsV1", part] ?? [:], union)
        return .array([own] + others)
    }

    private static func union(_ left: JSONValue, _ right: JSONValue) -> JSONValue {
        .object((left.objectValue ?? [:]).merging(right.objectValue ?? [:], uniquingKeysWith: union))
    }
}
