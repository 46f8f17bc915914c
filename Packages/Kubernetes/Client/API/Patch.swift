public import JSON

/// A change to an object that is not an apply.
public enum Patch: Sendable, Hashable {
    /// RFC 7386.
    case merge(JSONValue)
    /// RFC 6902.
    case json([JSONPatchOperation])

    var contentType: String {
        switch self {
        case .merge: "application/merge-patch+json"
        case .json: "application/json-patch+json"
        }
    }

    var body: [UInt8] {
        switch self {
        case .merge(let value): value.serialized()
        case .json(let operations): JSONValue.array(operations.map(\.value)).serialized()
        }
    }

    var verb: Verb {
        switch self {
        case .merge: .patch
        case .json: .jsonPatch
        }
    }
}

/// One step of a JSON patch. Paths are JSON pointers: `/metadata/labels/spice.ai~1app`.
public enum JSONPatchOperation: Sendable, Hashable {
    case add(String, JSONValue)
    case remove(String)
    case replace(String, JSONValue)
    case test(String, JSONValue)
    case move(from: String, to: String)
    case copy(from: String, to: String)

    public var value: JSONValue {
        switch self {
        case .add(let path, let value): ["op": "add", "path": .string(path), "value": value]
        case .remove(let path): ["op": "remove", "path": .string(path)]
        case .replace(let path, let value): ["op": "replace", "path": .string(path), "value": value]
        case .test(let path, let value): ["op": "test", "path": .string(path), "value": value]
        case .move(let from, let to): ["op": "move", "from": .string(from), "path": .string(to)]
        case .copy(let from, let to): ["op": "copy", "from": .string(from), "path": .string(to)]
        }
    }

    /// One member's name as a part of a pointer (RFC 6901).
    public static func escape(_ name: String) -> String {
        String(name.flatMap { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) })
    }
}

/// What becomes of the objects that a deleted one owns.
public enum DeletionPropagation: String, Sendable {
    case background = "Background"
    case foreground = "Foreground"
    case orphan = "Orphan"
}

/// What must be true of an object for it to be deleted.
public struct Preconditions: Sendable, Hashable {
    public var uid: String?
    public var resourceVersion: String?

    public init(uid: String? = nil, resourceVersion: String? = nil) {
        self.uid = uid
        self.resourceVersion = resourceVersion
    }
}
