import JSON

/// The type of a value: of a built-in kind's field (from the table) or of a custom resource's (from its CRD).
///
/// One form for both, so that server-side apply, patches, pruning, defaulting and validation are written once.
final class Schema: Sendable {
    enum Kind: Sendable { case any, string, integer, number, boolean, object, array, intOrString, quantity, time, microTime, bytes }
    enum ListType: Sendable, Equatable { case atomic, set, map(keys: [String]) }
    /// How a strategic merge patch treats a list: `merge` by `key`, by value where the key is nil.
    struct PatchStrategy: Sendable { var merge: Bool, retainKeys: Bool, key: String? }

    let kind: Kind
    /// Of a built-in type, for references between OpenAPI schemas.
    let typeName: String?
    let format: String?
    let description: String?
    let properties: [String: Schema]
    let additional: Schema?
    let items: Schema?
    let required: [String]
    let listType: ListType
    let isAtomicMap: Bool
    let patchStrategy: PatchStrategy?
    let defaultValue: JSONValue?
    let enumeration: [JSONValue]
    let isNullable: Bool
    let preservesUnknown: Bool
    let isEmbeddedResource: Bool
    let constraints: Constraints?

    init(
        kind: Kind, typeName: String? = nil, format: String? = nil, description: String? = nil, properties: [String: Schema] = [:],
        additional: Schema? = nil,
        items: Schema? = nil, required: [String] = [], listType: ListType = .atomic, isAtomicMap: Bool = false,
        patchStrategy: PatchStrategy? = nil, defaultValue: JSONValue? = nil, enumeration: [JSONValue] = [],
        isNullable: Bool = false,
        preservesUnknown: Bool = false, isEmbeddedResource: Bool = false, constraints: Constraints? = nil
    ) {
        self.kind = kind
        self.typeName = typeName
        self.format = format
        self.description = description
        self.properties = properties
        self.additional = additional
        self.items = items
        self.required = required
        self.listType = listType
        self.isAtomicMap = isAtomicMap
        self.patchStrategy = patchStrategy
        self.defaultValue = defaultValue
        self.enumeration = enumeration
        self.isNullable = isNullable
        self.preservesUnknown = preservesUnknown
        self.isEmbeddedResource = isEmbeddedResource
        self.constraints = constraints
    }

    /// Anything, as apimachinery deduces it: objects granular, lists atomic.
    static let any = Schema(kind: .any, preservesUnknown: true)
    /// Anything, owned as one field.
    static let atomic = Schema(kind: .any, isAtomicMap: true, preservesUnknown: true)

    /// The schema of the member `key` and whether it is declared (and not merely allowed).
    func member(_ key: String) -> (schema: Schema, declared: Bool)? {
        if let property = properties[key] { return (property, true) }
        if let additional { return (additional, false) }
        return preservesUnknown || kind == .any ? (.any, false) : nil
    }

    /// A struct of Go that is never absent: `spec`, `status`, `resources`; an absent one equals an empty one.
    var isAlwaysPresent: Bool { defaultValue == .object([:]) && kind == .object && !properties.isEmpty }
}

/// The rules of OpenAPI that custom resources are validated by, beside the types.
struct Constraints: Sendable {
    var minimum: Double?
    var maximum: Double?
    var exclusiveMinimum = false
    var exclusiveMaximum = false
    var multipleOf: Double?
    var minLength: Int?
    var maxLength: Int?
    var pattern: String?
    var minItems: Int?
    var maxItems: Int?
    var minProperties: Int?
    var maxProperties: Int?
    var allOf: [Schema] = []
    var anyOf: [Schema] = []
    var oneOf: [Schema] = []
    var not: [Schema] = []
}
