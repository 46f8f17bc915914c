import JSON
import KubernetesModel

/// A write about to happen, as admission webhooks see it.
struct AdmissionRequest: Sendable, Hashable {
    var operation: String
    var apiVersion: String
    var plural: String
    var kind: String
    var key: ObjectKey
    var subresource: String
    var object: JSONValue
    var old: JSONValue?
    var isDryRun: Bool
}

/// Asks the admission webhooks; it has all the time the core has not.
///
/// The seam for call-outs: the core stops a write whose verdict it does not know, `APIServer` asks, and the write runs again with
/// the verdict. Conversion webhooks have the same seam at `presented` and `stored`, the only places where versions change.
protocol AdmissionReviewer: Sendable {
    /// The object as the webhooks leave it.
    func review(_ request: AdmissionRequest, webhooks: [JSONValue]) async throws(StatusError) -> JSONValue
}

struct AdmissionState: Sendable {
    var isEnabled = false
    /// Verdicts known to the request that is being handled.
    var verdicts: [AdmissionRequest: Result<JSONValue, StatusError>] = [:]
    /// The question that stopped it.
    var open: AdmissionRequest?
}

extension APICore {
    mutating func admitted(_ object: JSONValue, old: JSONValue?, _ call: Call) throws(StatusError) -> JSONValue {
        guard admission.isEnabled, call.resource.group != "admissionregistration.k8s.io", !webhookConfigurations.isEmpty else {
            return object
        }
        let request = AdmissionRequest(
            operation: old == nil ? "CREATE" : "UPDATE", apiVersion: call.resource.apiVersion, plural: call.resource.plural,
            kind: call.resource.kind, key: call.key, subresource: call.subresource ?? "", object: object, old: old,
            isDryRun: call.isDryRun)
        if let verdict = admission.verdicts[request] { return try verdict.get() }
        admission.open = request
        throw StatusError(500, "InternalError", "admission is undecided")
    }

    /// Mutating ones first, each in the order of their names.
    var webhookConfigurations: [JSONValue] {
        ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"].flatMap { plural in
            store.all(GroupResource(group: "admissionregistration.k8s.io", plural: plural)).sorted { $0.key < $1.key }.map(\.value)
        }
    }
}
