import JSON

/// Reads the answer to a ConversionReview and refuses what the real server refuses, in its words
/// (`apiextensions-apiserver/pkg/apiserver/conversion/webhook_converter.go`).
enum ConversionAnswer {
    /// One answer an object of the call.
    static func objects(
        of body: Result<JSONValue, WebhookFailure>, _ call: ConversionCall, uid: String
    ) -> [Result<JSONValue, StatusError>] {
        func all(_ problem: String) -> [Result<JSONValue, StatusError>] {
            call.objects.map { .failure(StatusError(500, nil, "conversion webhook for \(kind(of: $0)) \(problem)")) }
        }
        switch body.flatMap({ converted($0, uid: uid) }) {
        case .failure(let failure): return all("failed: \(failure.message)")
        case .success(let converted) where converted.count != call.objects.count:
            return all("returned \(converted.count) objects, expected \(call.objects.count)")
        case .success(let converted):
            return zip(call.objects, converted).enumerated().map { index, pair in
                do throws(WebhookFailure) {
                    return .success(try checked(pair.1, original: pair.0, target: call.target, index: index))
                } catch {
                    return .failure(
                        StatusError(500, nil, "conversion webhook for \(kind(of: pair.0)) returned \(error.message)"))
                }
            }
        }
    }

    /// `spice.ai/v1, Kind=SpicepodSet`
    static func kind(of object: JSONValue) -> String {
        "\(object["apiVersion"]?.stringValue ?? ""), Kind=\(object["kind"]?.stringValue ?? "")"
    }

    private static func converted(_ body: JSONValue, uid: String) -> Result<[JSONValue], WebhookFailure> {
        let expected = "apiextensions.k8s.io/v1, Kind=ConversionReview"
        guard kind(of: body) == expected else {
            return .failure(WebhookFailure("expected webhook response of \(expected), got \(kind(of: body))"))
        }
        guard let response = body["response"], case .object = response else {
            return .failure(WebhookFailure("no response provided"))
        }
        guard response["uid"] == .string(uid) else {
            let got = response["uid"]?.stringValue ?? ""
            return .failure(
                WebhookFailure("expected response.uid=\(JSONValue.string(uid).text), got \(JSONValue.string(got).text)"))
        }
        guard response[path: "result", "status"] == "Success" else {
            let message = response[path: "result", "message"]?.stringValue ?? ""
            let status = response[path: "result", "status"]?.stringValue ?? ""
            return .failure(WebhookFailure(message.isEmpty ? "response.result.status was '\(status)', not 'Success'" : message))
        }
        return .success(response["convertedObjects"]?.arrayValue ?? [])
    }

    /// The converted object with the metadata of the original: a conversion may change labels and annotations only.
    private static func checked(
        _ object: JSONValue, original: JSONValue, target: String, index: Int
    ) throws(WebhookFailure) -> JSONValue {
        func same(_ name: String, _ path: String...) throws(WebhookFailure) {
            let (old, new) = (text(path.reduce(original) { $0?[$1] }), text(path.reduce(object) { $0?[$1] }))
            if old != new { throw WebhookFailure("invalid object: must have the same \(name): \(old) != \(new)") }
        }
        guard object["apiVersion"] == .string(target) else {
            throw WebhookFailure(
                "invalid object at index \(index): invalid groupVersion (expected \(target), received \(text(object["apiVersion"])))"
            )
        }
        guard object["kind"] == original["kind"] else {
            throw WebhookFailure(
                "invalid object at index \(index): invalid kind (expected \(text(original["kind"])), received \(text(object["kind"])))"
            )
        }
        try same("name", "metadata", "name")
        try same("namespace", "metadata", "namespace")
        try same("UID", "metadata", "uid")
        guard let metadata = object["metadata"] else {
            throw WebhookFailure("invalid metadata: missing metadata in converted object")
        }
        guard case .object = metadata else {
            throw WebhookFailure("invalid metadata: invalid metadata of type \(metadata.typeName) in converted object")
        }
        var result = object
        result["metadata"] = original["metadata"]
        for field in ["labels", "annotations"] {
            let values = metadata[field]
            if let values, !values.isNull, values.objectValue?.values.allSatisfy({ $0.stringValue != nil }) != true {
                throw WebhookFailure("invalid metadata: invalid metadata.\(field) of type \(values.typeName) in converted object")
            }
            result["metadata", field] = values?.objectValue?.isEmpty == false ? values : .none
        }
        return result
    }

    private static func text(_ value: JSONValue?) -> String { value?.stringValue ?? "" }
}
