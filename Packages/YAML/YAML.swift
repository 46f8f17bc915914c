public import JSON

/// YAML documents to and from JSON trees, on libyaml.
///
/// Reading is defensive: depth, size and alias expansion are limited and a key given twice is an error that names both
/// lines. Whatever JSON cannot carry (`.inf`, `.nan`, `!!binary`, application tags) is refused.
public enum YAML {
    /// Every document of the stream. A stream of comments only has none; an empty document (`---` twice) is `null`.
    public static func documents(
        _ text: String, schema: YAMLSchema = .kubernetes, limits: YAMLLimits = .default
    ) throws(YAMLError) -> [JSONValue] {
        try located(text, schema, limits, keepsLines: false).map(\.value)
    }

    /// The same with the line of every field, for messages about what the documents say.
    public static func locatedDocuments(
        _ text: String, schema: YAMLSchema = .kubernetes, limits: YAMLLimits = .default
    ) throws(YAMLError) -> [YAMLDocument] {
        try located(text, schema, limits, keepsLines: true)
    }

    private static func located(
        _ text: String, _ schema: YAMLSchema, _ limits: YAMLLimits, keepsLines: Bool
    ) throws(YAMLError) -> [YAMLDocument] {
        let size = text.utf8.count
        guard size <= limits.bytes else {
            throw YAMLError(.size, "the document has \(size) bytes, more than the \(limits.bytes) allowed", line: 1, column: 1)
        }
        var composer = Composer(events: try EventStream(text), schema: schema, limits: limits, keepsLines: keepsLines)
        return try composer.documents()
    }

    /// The stream's one document; `null` when it has none, an error when it has several.
    public static func parse(
        _ text: String, schema: YAMLSchema = .kubernetes, limits: YAMLLimits = .default
    ) throws(YAMLError) -> JSONValue {
        let documents = try documents(text, schema: schema, limits: limits)
        guard documents.count <= 1 else {
            throw YAMLError(.documents, "expected one document, found \(documents.count)", line: 1, column: 1)
        }
        return documents.first ?? .null
    }

    /// Block style, two spaces, lists not indented (as kubectl prints), keys by `keyOrder`; ends with a newline.
    public static func serialize(_ value: JSONValue, keyOrder: (String, String) -> Bool = { $0 < $1 }) -> String {
        withoutActuallyEscaping(keyOrder) { order in
            var serializer = Serializer(keyOrder: order)
            serializer.writeRoot(value)
            return serializer.output
        }
    }

    /// A stream of documents separated by `---`.
    public static func serialize(documents: [JSONValue], keyOrder: (String, String) -> Bool = { $0 < $1 }) -> String {
        documents.map { serialize($0, keyOrder: keyOrder) }.joined(separator: "---\n")
    }

    /// The order people write manifests in: apiVersion, kind, metadata, name first, status last, the rest by name.
    public static func manifestOrder(_ left: String, _ right: String) -> Bool {
        let ranks = (manifestRank(left), manifestRank(right))
        return ranks.0 == ranks.1 ? left < right : ranks.0 < ranks.1
    }

    private static func manifestRank(_ key: String) -> Int {
        switch key {
        case "apiVersion": 0
        case "kind": 1
        case "metadata": 2
        case "name": 3
        case "status": 5
        default: 4
        }
    }
}

/// How unquoted scalars are read.
public enum YAMLSchema: Sendable, Hashable {
    /// As kubectl and client-go (sigs.k8s.io/yaml): YAML 1.1 booleans (`y`, `yes`, `on`, `n`, `no`, `off`), octal `0644`,
    /// `0x`, `0o`, `0b`, `1_000`, merge keys `<<`. Dates stay strings, sexagesimals too.
    case kubernetes
    /// YAML 1.2 core, as the Spice runtime reads spicepods (serde_yaml): only `true` and `false` are booleans, digits with a leading
    /// zero are strings, `<<` is an ordinary key.
    case core
}

/// Bounds that a stream must keep; crossing one is an error, not a crash.
public struct YAMLLimits: Sendable, Hashable {
    /// Nested collections, counted after aliases are put in place.
    public var depth: Int
    /// Size of the stream in bytes.
    public var bytes: Int
    /// What all aliases together may add: nodes plus bytes of their scalars.
    public var aliasExpansion: Int

    public init(depth: Int = 200, bytes: Int = 16 << 20, aliasExpansion: Int = 4 << 20) {
        self.depth = depth
        self.bytes = bytes
        self.aliasExpansion = aliasExpansion
    }

    public static let `default` = YAMLLimits()
}
