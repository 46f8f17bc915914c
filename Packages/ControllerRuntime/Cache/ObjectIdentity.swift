public import JSON
public import KubernetesModel

/// What the runtime knows of every cached object, whatever its kind.
public struct ObjectIdentity: Sendable, Hashable {
    public var key = ObjectKey(name: "")
    public var uid = ""
    public var resourceVersion = ""
    public var generation: Int64 = 0
    /// The owner that controls it.
    public var controllerUID: String?
    public var controllerName: String?
    public var isDeleting = false

    public init() {}

    /// Reads `metadata`; `other` is offered the members that are not part of the identity and must consume them.
    public init(
        scanningMetadata scanner: inout JSONScanner, other: (JSONKey, inout JSONScanner) throws -> Void = { try $1.skip() }
    ) throws {
        var identity = ObjectIdentity()
        try scanner.forEachKey { key, scanner in
            switch key {
            case "namespace": identity.key.namespace = try scanner.string()
            case "name": identity.key.name = try scanner.string()
            case "uid": identity.uid = try scanner.string()
            case "resourceVersion": identity.resourceVersion = try scanner.string()
            case "generation": identity.generation = try scanner.int64()
            case "deletionTimestamp": identity.isDeleting = try !scanner.null() && scanner.string() != ""
            case "ownerReferences": (identity.controllerUID, identity.controllerName) = try Self.controller(&scanner)
            default: try other(key, &scanner)
            }
        }
        self = identity
    }

    private static func controller(_ scanner: inout JSONScanner) throws -> (uid: String?, name: String?) {
        var found: (String?, String?)
        try scanner.forEachElement { scanner in
            var (uid, name) = ("", "")
            var controls = false
            try scanner.forEachKey { key, scanner in
                switch key {
                case "uid": uid = try scanner.string()
                case "name": name = try scanner.string()
                case "controller": controls = try scanner.bool()
                default: try scanner.skip()
                }
            }
            if controls { found = (uid, name) }
        }
        return found
    }
}

/// An object as a cache keeps it: the fields its controller reads, and no others.
public protocol CachedObject: JSONScannable, Sendable {
    var identity: ObjectIdentity { get }
}
