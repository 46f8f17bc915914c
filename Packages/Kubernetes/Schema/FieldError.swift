public import JSON

/// One thing wrong with one field, in apimachinery's words (`field.Error`).
public struct FieldError: Error, Sendable, Hashable {
    public var field: String
    public var reason: String
    public var message: String

    public init(field: String, reason: String, message: String) {
        self.field = field
        self.reason = reason
        self.message = message
    }

    /// As a cause of a `metav1.Status`.
    public var cause: JSONValue { ["reason": .string(reason), "message": .string(message), "field": .string(field)] }

    public static func required(_ field: String, _ detail: String = "") -> FieldError {
        FieldError(
            field: field, reason: "FieldValueRequired", message: detail.isEmpty ? "Required value" : "Required value: \(detail)")
    }

    public static func invalid(_ field: String, _ value: JSONValue, _ detail: String) -> FieldError {
        FieldError(field: field, reason: "FieldValueInvalid", message: "Invalid value: \(value.text): \(detail)")
    }

    public static func wrongType(_ field: String, _ value: JSONValue, expected: String) -> FieldError {
        let type = value.typeName
        return FieldError(
            field: field.isEmpty ? "<nil>" : field, reason: "FieldValueTypeInvalid",
            message: "Invalid value: \"\(type)\": \(field) in body must be of type \(expected): \"\(type)\"")
    }

    public static func unsupported(_ field: String, _ value: JSONValue, _ supported: [JSONValue]) -> FieldError {
        FieldError(
            field: field, reason: "FieldValueNotSupported",
            message: "Unsupported value: \(value.text): supported values: \(supported.map(\.text).sorted().joined(separator: ", "))"
        )
    }

    public static func duplicate(_ field: String, _ value: JSONValue) -> FieldError {
        FieldError(field: field, reason: "FieldValueDuplicate", message: "Duplicate value: \(value.text)")
    }

    public static func forbidden(_ field: String, _ detail: String) -> FieldError {
        FieldError(field: field, reason: "FieldValueForbidden", message: "Forbidden: \(detail)")
    }

    public static func tooLong(_ field: String, _ limit: Int) -> FieldError {
        FieldError(field: field, reason: "FieldValueTooLong", message: "Too long: may not be more than \(limit) bytes")
    }

    public static func tooMany(_ field: String, _ count: Int, _ limit: Int) -> FieldError {
        FieldError(field: field, reason: "FieldValueTooMany", message: "Too many: \(count): must have at most \(limit) items")
    }
}
