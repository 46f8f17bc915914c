import JSON
import KubernetesSchema

/// Reads the answer to an AdmissionReview, in the real server's words (`k8s.io/apiserver/pkg/admission/plugin/webhook/request`).
enum AdmissionAnswer {
    static func response(of body: JSONValue, uid: String) -> Result<JSONValue, WebhookFailure> {
        func invalid(_ problem: String) -> Result<JSONValue, WebhookFailure> {
            .failure(WebhookFailure("received invalid webhook response: \(problem)"))
        }
        let expected = "admission.k8s.io/v1, Kind=AdmissionReview"
        guard ConversionAnswer.kind(of: body) == expected else {
            return invalid("expected webhook response of \(expected), got \(ConversionAnswer.kind(of: body))")
        }
        guard let response = body["response"], case .object = response else { return invalid("webhook response was absent") }
        guard response["uid"] == .string(uid) else {
            let got = response["uid"]?.stringValue ?? ""
            return invalid("expected response.uid=\(JSONValue.string(uid).text), got \(JSONValue.string(got).text)")
        }
        let patch = response["patch"]?.stringValue ?? ""
        let type = response["patchType"]?.stringValue ?? ""
        if !patch.isEmpty, type.isEmpty { return invalid("webhook returned response.patch but not response.patchType") }
        if patch.isEmpty, !type.isEmpty { return invalid("webhook returned response.patchType but not response.patch") }
        if !patch.isEmpty, operations(of: response)?.arrayValue == nil {
            return .failure(WebhookFailure("received undecodable patch in webhook response: not base64 of a JSON patch"))
        }
        if !type.isEmpty, type != "JSONPatch" {
            return invalid("webhook returned invalid response.patchType of \(JSONValue.string(type).text)")
        }
        return .success(response)
    }

    private static func operations(of response: JSONValue) -> JSONValue? {
        guard let text = response["patch"]?.stringValue, !text.isEmpty, let bytes = Base64.decode(text) else { return nil }
        return try? JSONValue(parsing: bytes)
    }

    /// What a client is told whose write was denied.
    static func denial(_ webhook: String, _ response: JSONValue) -> StatusError {
        let status = response["status"] ?? [:]
        let denied = "admission webhook \(JSONValue.string(webhook).text) denied the request"
        let reason = status["reason"]?.stringValue ?? ""
        let message = status["message"]?.stringValue ?? ""
        let words =
            !message.isEmpty ? "\(denied): \(message)" : !reason.isEmpty ? "\(denied): \(reason)" : "\(denied) without explanation"
        return StatusError(
            max(400, Int(status["code"]?.intValue ?? 0)), reason.isEmpty ? .none : reason, words, details: status["details"])
    }

    /// `object` as the answer's patch leaves it.
    static func patched(_ object: JSONValue, by response: JSONValue) throws(StatusError) -> JSONValue {
        guard let patch = operations(of: response) else { return object }
        do {
            return try JSONPatch.apply(patch, to: object)
        } catch {
            throw .internalError(error.message)
        }
    }
}

extension StatusError {
    static func internalError(_ message: String) -> StatusError {
        StatusError(
            500, "InternalError", "Internal error occurred: \(message)", details: ["causes": [["message": .string(message)]]])
    }
}
