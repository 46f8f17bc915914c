public import JSON

/// Conversion of objects between the versions of the API.
///
/// Pure and stateless: the same object gives the same result, and nothing else is asked. What one version cannot hold travels
/// in the annotation `spice.ai/conversion`, so that nothing is lost on the way there and back; what is written live wins over it.
public enum SpiceConversion {
    /// The apiVersions of every kind that can be converted, the stored one first.
    public static let versions: [String: [String]] = kinds.mapValues { [$0.newer, $0.older] }

    private static let kinds: [String: KindConversion] = [
        SpicepodSetConversion.table.kind: SpicepodSetConversion.table,
        SpicepodClusterConversion.table.kind: SpicepodClusterConversion.table,
    ]

    /// The object in `apiVersion`. What is wrong in its spec is no error: it travels as it is, so that a list never fails for one
    /// object in it.
    /// - Throws: where the object says no known kind and version, or the version asked for is none of its kind's.
    public static func convert(_ object: JSONValue, to apiVersion: String) throws(ConversionError) -> JSONValue {
        let name = ConversionError.name(of: object)
        guard case .object = object else {
            throw ConversionError(object: name, field: "", "expected an object, found \(object.typeName)")
        }
        guard let kind = object["kind"]?.stringValue, let from = object["apiVersion"]?.stringValue else {
            throw ConversionError(object: name, field: "kind", "kind and apiVersion are needed to convert an object")
        }
        guard let conversion = kinds[kind] else {
            let known = kinds.keys.sorted().joined(separator: ", ")
            throw ConversionError(object: name, field: "kind", "\"\(kind)\" cannot be converted; known kinds: \(known)")
        }
        let known = [conversion.newer, conversion.older]
        guard known.contains(from) else {
            throw ConversionError(
                object: name, field: "apiVersion", "\"\(from)\" is not one of \(known.joined(separator: ", "))")
        }
        guard known.contains(apiVersion) else {
            throw ConversionError(
                object: name, field: "apiVersion",
                "cannot be converted to \"\(apiVersion)\": \(kind) has \(known.joined(separator: ", "))")
        }
        if from == apiVersion { return object }
        return apiVersion == conversion.newer ? conversion.raised(object) : conversion.lowered(object)
    }

    /// The object without what the conversion remembers in it: a manifest to be kept, such as one that is rewritten for good.
    public static func withoutMemory(_ object: JSONValue) -> JSONValue {
        var object = object
        ConversionMemory(units: [:]).write(to: &object, for: "")
        return object
    }
}
