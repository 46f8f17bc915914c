public import JSON
import SpiceConversion

/// The conversion webhook of every kind.
public enum Conversion {
    /// - Throws: where the object cannot be converted; with the field, and without the object's name, which the review says itself.
    public static let convert: @Sendable (_ object: JSONValue, _ version: String) throws -> JSONValue = { object, version in
        do throws(ConversionError) {
            return try SpiceConversion.convert(object, to: version)
        } catch {
            throw NotConverted(description: "\(error.field): \(error.message)")
        }
    }
}

private struct NotConverted: Error, CustomStringConvertible {
    var description: String
}
