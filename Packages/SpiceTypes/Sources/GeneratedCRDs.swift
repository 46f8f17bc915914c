public import JSON

/// The CustomResourceDefinitions as they are installed, made from the types by `make generate`.
public enum GeneratedCRDs {
    public static var all: [String] { [spicepodSets, spicepodClusters] }

    public static func parsed() throws(JSONError) -> [JSONValue] {
        var definitions: [JSONValue] = []
        for text in all { definitions.append(try JSONValue(parsing: text)) }
        return definitions
    }
}
