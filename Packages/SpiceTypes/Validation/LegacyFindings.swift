public import JSON

/// What an object in an older version says and the current one has no word for: after the conversion nothing is left to tell it by.
public enum LegacyFindings {
    public static func of(_ object: JSONValue) -> [Finding] {
        guard object["apiVersion"] == "spice.ai/v1" else { return [] }
        return ["updateStrategy", "update_strategy"].filter { object[path: "spec", $0]?["type"] == "Parallel" }.prefix(1).map {
            Finding(
                rule: Rule.removedStrategy.id, severity: Rule.removedStrategy.severity, path: "spec.\($0).type",
                message: Rule.parallelRemoved)
        }
    }
}
