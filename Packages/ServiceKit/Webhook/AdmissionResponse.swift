public import JSON
import KubernetesClient
public import KubernetesModel

/// What an admission webhook answers.
public struct AdmissionResponse: Sendable, Hashable {
    public var isAllowed: Bool
    /// Why not: the client is shown its message.
    public var status: APIStatus?
    /// Shown by the client, whether allowed or not. Bounded when written, see `AdmissionWarnings`.
    public var warnings: [String]
    /// A JSON Patch (RFC 6902) to be applied to the object; mutating webhooks only.
    public var patch: JSONValue?

    public init(isAllowed: Bool, status: APIStatus? = nil, warnings: [String] = [], patch: JSONValue? = nil) {
        self.isAllowed = isAllowed
        self.status = status
        self.warnings = warnings
        self.patch = patch
    }

    public static func allow(warnings: [String] = [], patch: JSONValue? = nil) -> AdmissionResponse {
        AdmissionResponse(isAllowed: true, warnings: warnings, patch: patch)
    }

    public static func deny(code: Int = 403, reason: String = "Forbidden", _ message: String, warnings: [String] = [])
        -> AdmissionResponse
    {
        AdmissionResponse(
            isAllowed: false, status: APIStatus(message: message, reason: reason, code: code), warnings: warnings)
    }

    /// The body of the review that answers the request of this uid.
    public func review(uid: String) -> [UInt8] {
        var response: [String: JSONValue] = ["uid": .string(uid), "allowed": .bool(isAllowed)]
        if let status {
            var members: [String: JSONValue] = [:]
            members["status"] = status.status.map { .string($0) }
            members["message"] = status.message.map { .string($0) }
            members["reason"] = status.reason.map { .string($0) }
            members["code"] = status.code.map { .int(Int64($0)) }
            response["status"] = .object(members)
        }
        let warnings = AdmissionWarnings.bounded(warnings)
        if !warnings.isEmpty { response["warnings"] = .array(warnings.map { .string($0) }) }
        if let patch {
            response["patchType"] = "JSONPatch"
            response["patch"] = .string(Base64.encode(patch.serialized()))
        }
        return ReviewEnvelope.response(
            apiVersion: AdmissionRequest.reviewVersion, kind: AdmissionRequest.reviewKind, response)
    }
}
