import JSON

/// Why an object was not converted.
public struct ConversionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind, namespace and name, as far as they are known.
    public var object: String
    /// The field that is wrong.
    public var field: String
    public var message: String

    public init(object: String, field: String, _ message: String) {
        self.object = object
        self.field = field
        self.message = message
    }

    public var description: String {
        [object, field, message].filter { !$0.isEmpty }.joined(separator: ": ")
    }

    static func name(of object: JSONValue) -> String {
        let place = [object[path: "metadata", "namespace"], object[path: "metadata", "name"]]
            .compactMap { $0?.stringValue }.joined(separator: "/")
        return [object["kind"]?.stringValue ?? "", place].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
