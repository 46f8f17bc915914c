public import JSON

/// The type of a value: of a built-in kind's field (from the table) or of a custom resource's (from its CRD).
///
/// One form for both, so that server-side apply, patches, pruning, defaulting and validation are written once.
public final class Schema: Sendable {
    public enum Kind: Sendable {
        case any, string, integer, number, boolean, object, array, intOrString, quantity, time, microTime, bytes
    }
    public enum ListType: Sendable, Equatable { case atomic, set, map(keys: [String]) }
    /// How a strategic merge patch treats a list: `merge` by `key`, by value where the key is nil.
    public struct PatchStrategy: Sendable {
        public var merge: Bool
        public var retainKeys: Bool
        public var key: String?

        public init(merge: Bool, retainKeys: Bool, key: String?) {
            self.merge = merge
            self.retainKeys = retainKeys
            self.key = key
        }
    }

    public let kind: Kind
    /// Of a built-in type, for references between OpenAPI schemas.
    public let typeName: String?
    public let format: String?
    public let description: String?
    public let properties: [String: Schema]
    public let additional: Schema?
    public let items: Schema?
    public let required: [String]
    public let listType: ListType
    public let isAtomicMap: Bool
    public let patchStrategy: PatchStrategy?
    public let defaultValue: JSONValue?
    public let enumeration: [JSONValue]
    public let isNullable: Bool
    public let preservesUnknown: Bool
    public let isEmbeddedResource: Bool
    public let constraints: Constraints?

    public init(
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
    public static let any = Schema(kind: .any, preservesUnknown: true)
    /// Anything, owned as one field.
    public static let atomic = Schema(kind: .any, isAtomicMap: true, preservesUnknown: true)

    /// The schema of the member `key` and whether it is declared (and not merely allowed).
    public func member(_ key: String) -> (schema: Schema, declared: Bool)? {
        if let property = properties[key] { return (property, true) }
        if let additional { return (additional, false) }
        return preservesUnknown || kind == .any ? (.any, false) : nil
    }

    /// A struct of Go that is never absent: `spec`, `status`, `resources`; an absent one equals an empty one.
    public var isAlwaysPresent: Bool { defaultValue == .object([:]) && kind == .object && !properties.isEmpty }
}

/// The rules of OpenAPI that custom resources are validated by, beside the types.
public struct Constraints: Sendable {
    public var minimum: Double?
    public var maximum: Double?
    public var exclusiveMinimum = false
    public var exclusiveMaximum = false
    public var multipleOf: Double?
    public var minLength: Int?
    public var maxLength: Int?
    public var pattern: String?
    public var minItems: Int?
    public var maxItems: Int?
    public var minProperties: Int?
    public var maxProperties: Int?
    public var allOf: [Schema] = []
    public var anyOf: [Schema] = []
    public var oneOf: [Schema] = []
    public var not: [Schema] = []
}
