import JSON
import ServiceKit
import SpiceAdmission
import SpiceTypes
import SpiceValidation

@testable import SetController

/// Reviews of a small set, and an admission whose findings the test chooses.
enum Reviews {
    static let set: JSONValue = [
        "apiVersion": "spice.ai/v2", "kind": "SpicepodSet", "metadata": ["name": "web", "namespace": "default"],
        "spec": ["replicas": 1, "spicepod": ["version": "v1", "kind": "Spicepod", "name": "web"]],
    ]

    static func request(
        _ object: JSONValue? = set, old: JSONValue? = nil, operation: AdmissionRequest.Operation? = nil
    ) -> AdmissionRequest {
        var request = AdmissionRequest()
        request.uid = "u"
        request.operation = operation ?? (old == nil ? .create : .update)
        (request.apiVersion, request.kind, request.resource) = ("spice.ai/v2", "SpicepodSet", "spicepodsets")
        (request.name, request.namespace) = ("web", "default")
        (request.object, request.oldObject) = (object, old)
        return request
    }

    static func error(_ message: String = "is wrong; mend it", path: String = "spec.a") -> Finding {
        Finding(rule: "test", severity: .error, path: path, message: message)
    }

    static func warning(_ message: String = "is odd", path: String = "spec.w") -> Finding {
        Finding(rule: "test", severity: .warning, path: path, message: message)
    }

    static func admission(
        _ policy: ValidationLevel = .err, _ findings: [Finding] = [],
        convert: @escaping SetAdmission.Convert = { object, _ in object }
    ) -> SetAdmission {
        SetAdmission(.spicepodSets, policy: policy, validate: { _, _ in findings }, convert: convert)
    }
}
