import JSON

/// The schema of the stored version of a kind.
enum StoredSchema {
    /// Its properties, from the CRD as it is installed.
    static func properties(of definition: String) -> JSONValue? {
        let versions = (try? JSONValue(parsing: definition))?[path: "spec", "versions"]?.arrayValue
        return versions?.first { $0["storage"] == true }?[path: "schema", "openAPIV3Schema", "properties"]
    }
}
