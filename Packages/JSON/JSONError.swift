/// What is wrong with a document, and where.
public struct JSONError: Error, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// Not JSON.
        case syntax
        /// Nested deeper than the limit.
        case depth
        /// Larger than the limit.
        case size
        /// JSON, but of another type than asked for.
        case mismatch
        /// A required member is absent.
        case missing
    }

    public var code: Code
    /// Where in the tree, as `spec.env[2].name`; empty at the root or when unknown.
    public var path: String
    /// Byte offset in the document, for syntax errors.
    public var offset: Int?
    public var message: String

    public init(_ code: Code, path: String = "", offset: Int? = nil, _ message: String) {
        self.code = code
        self.path = path
        self.offset = offset
        self.message = message
    }

    public var description: String {
        let place = path.isEmpty ? "" : "\(path): "
        let position = offset.map { " (at byte \($0))" } ?? ""
        return place + message + position
    }
}

/// Bounds that a document must keep; crossing one is an error, not a crash.
public struct JSONLimits: Sendable, Hashable {
    /// Nested arrays and objects. 512 keeps the recursive tree builder far from the 512 KiB stacks of threads.
    public var depth: Int
    /// Size of the document in bytes.
    public var bytes: Int

    public init(depth: Int = 512, bytes: Int = 512 << 20) {
        self.depth = depth
        self.bytes = bytes
    }

    public static let `default` = JSONLimits()
}
