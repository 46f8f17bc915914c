import JSON
import KubernetesModel

/// A question that only a webhook can answer. The core cannot wait: it stops the request, says which calls it needs, and the request
/// runs again with their answers.
enum WebhookCall: Sendable, Hashable {
    case conversion(ConversionCall)
    case admission(AdmissionCall)

    /// `clientConfig` of the CRD or the webhook.
    var client: JSONValue {
        switch self {
        case .conversion(let call): call.client
        case .admission(let call): call.client
        }
    }

    var timeoutSeconds: Int64 {
        switch self {
        // what the real server allows: apiextensions-apiserver/pkg/apiserver/conversion/webhook_converter.go
        case .conversion: 30
        case .admission(let call): call.timeoutSeconds
        }
    }

    /// The body to send.
    func review(uid: String) -> JSONValue {
        switch self {
        case .conversion(let call):
            return [
                "kind": "ConversionReview", "apiVersion": "apiextensions.k8s.io/v1",
                "request": ["uid": .string(uid), "desiredAPIVersion": .string(call.target), "objects": .array(call.objects)],
            ]
        case .admission(let call):
            var request = call.request
            request["uid"] = .string(uid)
            return ["kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": request]
        }
    }
}

/// Objects of one kind to be brought into another version.
struct ConversionCall: Sendable, Hashable {
    var client: JSONValue
    var objects: [JSONValue]
    /// The apiVersion that is wanted.
    var target: String
}

/// One object of it, as its answer is remembered: its resourceVersion changes while a request is tried again, its meaning does not.
struct ConversionKey: Sendable, Hashable {
    var object: JSONValue
    var target: String

    init(_ object: JSONValue, to target: String) {
        self.object = object
        self.object["metadata", "resourceVersion"] = nil
        self.target = target
    }
}

/// One admission webhook asked about one write. `request` is that of the AdmissionReview, without its uid.
struct AdmissionCall: Sendable, Hashable {
    var webhook: String
    var client: JSONValue
    var timeoutSeconds: Int64
    var request: JSONValue
}

/// A webhook that did not answer, or not as it must. The message is what the real server puts behind `failed:`.
public struct WebhookFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}

/// What webhooks have answered to the request that is being handled.
struct WebhookAnswers: Sendable {
    /// False where nothing can be called: admission webhooks are passed over then, conversions fail.
    var canBeAsked = false
    var conversions: [ConversionKey: Result<JSONValue, StatusError>] = [:]
    /// The `response` of the review.
    var admissions: [AdmissionCall: Result<JSONValue, WebhookFailure>] = [:]

    /// Takes the body of an answer, or why there is none.
    mutating func add(_ call: WebhookCall, uid: String, _ body: Result<JSONValue, WebhookFailure>) {
        switch call {
        case .admission(let call):
            admissions[call] = body.mapError { WebhookFailure("failed to call webhook: \($0.message)") }
                .flatMap { AdmissionAnswer.response(of: $0, uid: uid) }
        case .conversion(let call):
            let answers = ConversionAnswer.objects(of: body, call, uid: uid)
            for (object, answer) in zip(call.objects, answers) { conversions[ConversionKey(object, to: call.target)] = answer }
        }
    }
}
