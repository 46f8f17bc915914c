public import JSON

/// Tells whether the server holds exactly what we want of an object, from the record it keeps of what we last applied
/// (`managedFields`, https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management).
///
/// What we own in the live object is cut out along our `fieldsV1` entry and compared with what we would apply, both in one
/// normal form. They differ when a value has drifted, when a field is new in the intent, and when one has left it.
public enum OwnedFields {
    /// Digest of the fields of `object` that `manager` owns by server-side apply; nil where it owns none.
    public static func digest(of object: JSONValue, manager: String, subresource: String? = nil) -> Digest? {
        let entries = object[path: "metadata", "managedFields"]?.arrayValue ?? []
        let entry = entries.first {
            $0["manager"]?.stringValue == manager && $0["operation"] == "Apply" && $0["subresource"]?.stringValue == subresource
        }
        guard let fields = entry?["fieldsV1"] else { return nil }
        return digest(FieldProjection.project(object, along: fields), NormalForm(of: object))
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

    private static func digest(_ value: JSONValue, _ form: NormalForm) -> Digest {
        Digest((form.normal(value) ?? .object([:])).serialized())
    }
}
