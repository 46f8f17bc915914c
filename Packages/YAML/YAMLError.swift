/// What is wrong with a stream, and where.
public struct YAMLError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// Not YAML.
        case syntax
        /// Nested deeper than the limit.
        case depth
        /// Larger than the limit.
        case size
        /// Aliases that expand beyond the limit, or that name no earlier anchor.
        case alias
        /// A mapping key given twice.
        case duplicateKey
        /// A key that is not a scalar, or is null.
        case key
        /// YAML that JSON cannot carry, or a tag that contradicts its value.
        case unsupported
        /// Several documents where one was expected.
        case documents
    }

    public var code: Code
    public var message: String
    /// Counted from 1.
    public var line: Int
    /// Counted from 1, in characters.
    public var column: Int

    public init(_ code: Code, _ message: String, line: Int, column: Int) {
        self.code = code
        self.message = message
        self.line = line
        self.column = column
    }

    public var description: String { "line \(line), column \(column): \(message)" }
}
