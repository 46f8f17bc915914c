public import JSON

/// Tells whether the server holds exactly what we want of an object, from the record it keeps of what we last applied
/// (`managedFields`, https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management).
///
/// What we own in the live object is cut out along our `fieldsV1` entry and compared with what we would apply, both in one
/// normal form. They differ when a value has drifted, when a field is new in the intent, and when one has left it.
public enum OwnedFields {
    /// Digest of the fields of `object` that `manager` owns by server-side apply; nil where it owns none.
    public static func digest(of object: JSONValue, manager: String, subresource: String? = nil) -> Digest? {
        fields(of: object, manager: manager, subresource: subresource).map { digest($0, NormalForm(of: object)) }
    }

    /// The part of `object` that `manager` owns by server-side apply: what it asked for, without the server's defaults. nil where it
    /// owns none.
    public static func fields(of object: JSONValue, manager: String, subresource: String? = nil) -> JSONValue? {
        guard let fields = applied(by: manager, of: object, subresource: subresource)?["fieldsV1"] else { return nil }
        return FieldProjection.project(object, along: fields)
    }

    /// Digest of what we would apply. The object names its `apiVersion`.
    public static func digest(ofIntent object: JSONValue) -> Digest {
        var intent = object
        intent["apiVersion"] = nil
        intent["kind"] = nil
        if var metadata = intent["metadata"] {
            for key in ["name", "namespace", "uid", "resourceVersion"] { metadata[key] = nil }
            intent["metadata"] = metadata == .object([:]) ? nil : metadata
        }
        return digest(intent, NormalForm(of: object))
    }

    /// Whether `manager` owns a field by server-side apply, or anything within it.
    public static func owns(_ path: String..., of object: JSONValue, manager: String) -> Bool {
        let entry = applied(by: manager, of: object)
        return path.reduce(entry?["fieldsV1"]) { $0?["f:\($1)"] } != nil
    }

    private static func applied(by manager: String, of object: JSONValue, subresource: String? = nil) -> JSONValue? {
        object[path: "metadata", "managedFields"]?.arrayValue?.first {
            $0["manager"]?.stringValue == manager && $0["operation"] == "Apply" && $0["subresource"]?.stringValue == subresource
        }
    }

    private static func digest(_ value: JSONValue, _ form: NormalForm) -> Digest {
        Digest((form.normal(value) ?? .object([:])).serialized())
    }
}
