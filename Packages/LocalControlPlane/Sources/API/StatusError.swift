import JSON
import KubernetesSchema

/// A failure as the API reports it: `metav1.Status`.
struct StatusError: Error {
    var code: Int
    var reason: String?
    var message: String
    var details: JSONValue?
    /// Not a failure yet: the calls that have to be made before there is an answer.
    private(set) var undecided: [WebhookCall] = []

    init(_ code: Int, _ reason: String?, _ message: String, details: JSONValue? = nil) {
        self.code = code
        self.reason = reason
        self.message = message
        self.details = details
    }

    var json: JSONValue {
        var status: JSONValue = [
            "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message),
            "code": .int(Int64(code)),
        ]
        status["reason"] = reason.map { .string($0) }
        status["details"] = details
        return status
    }
}

extension StatusError {
    static func undecided(_ calls: [WebhookCall]) -> StatusError {
        var error = StatusError(500, "InternalError", "webhooks have to be asked")
        error.undecided = calls
        return error
    }

    static func badRequest(_ message: String) -> StatusError { StatusError(400, "BadRequest", message) }

    static func notFound(_ resource: GroupResource, _ name: String) -> StatusError {
        StatusError(404, "NotFound", "\(resource) \"\(name)\" not found", details: resource.details(name))
    }

    static let unknownResource = StatusError(404, "NotFound", "the server could not find the requested resource", details: [:])

    static func alreadyExists(_ resource: GroupResource, _ name: String) -> StatusError {
        StatusError(409, "AlreadyExists", "\(resource) \"\(name)\" already exists", details: resource.details(name))
    }

    static func conflict(_ resource: GroupResource, _ name: String, _ why: String) -> StatusError {
        StatusError(
            409, "Conflict", "Operation cannot be fulfilled on \(resource) \"\(name)\": \(why)", details: resource.details(name))
    }

    static func modified(_ resource: GroupResource, _ name: String) -> StatusError {
        conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again")
    }

    static func forbidden(_ resource: GroupResource, _ name: String, _ why: String, causes: JSONValue? = nil) -> StatusError {
        var details = resource.details(name)
        details["causes"] = causes
        return StatusError(403, "Forbidden", "\(resource) \"\(name)\" is forbidden: \(why)", details: details)
    }

    static func methodNotAllowed(_ verb: String) -> StatusError {
        StatusError(
            405, "MethodNotAllowed", "the server does not allow this method on the requested resource",
            details: ["causes": [["reason": "UnexpectedServerResponse", "message": .string("the verb \(verb) is not served")]]])
    }

    static func expired(_ message: String) -> StatusError { StatusError(410, "Expired", message) }

    static func tooLargeResourceVersion(_ wanted: Int64, current: Int64) -> StatusError {
        StatusError(
            504, "Timeout", "Timeout: Too large resource version: \(wanted), current: \(current)",
            details: [
                "causes": [["reason": "ResourceVersionTooLarge", "message": "Too large resource version"]], "retryAfterSeconds": 1,
            ])
    }

    static func unsupportedMediaType(_ accepted: [String]) -> StatusError {
        StatusError(
            415, "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: \(accepted.joined(separator: ", "))")
    }

    /// 422 with a cause a field; the message names each.
    static func invalid(group: String, kind: String, name: String, _ errors: [FieldError]) -> StatusError {
        let subject = group.isEmpty ? kind : "\(kind).\(group)"
        let list = errors.map { "\($0.field): \($0.message)" }
        let summary = list.count == 1 ? list[0] : "[" + list.joined(separator: ", ") + "]"
        var details: JSONValue = ["kind": .string(kind), "causes": .array(errors.map(\.cause))]
        if !name.isEmpty { details["name"] = .string(name) }
        if !group.isEmpty { details["group"] = .string(group) }
        return StatusError(422, "Invalid", "\(subject) \"\(name)\" is invalid: \(summary)", details: details)
    }

    /// `PatchOptions`, `CreateOptions` … of the query.
    static func invalidOptions(_ kind: String, _ error: FieldError) -> StatusError {
        invalid(group: "meta.k8s.io", kind: kind, name: "", [error])
    }
}

/// A plural and its group: what messages, counters and storage are keyed by.
package struct GroupResource: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var group: String
    package var plural: String

    package init(group: String, plural: String) {
        self.group = group
        self.plural = plural
    }

    package var description: String { group.isEmpty ? plural : "\(plural).\(group)" }

    package static func < (left: GroupResource, right: GroupResource) -> Bool {
        (left.group, left.plural) < (right.group, right.plural)
    }

    func details(_ name: String) -> JSONValue {
        var details: JSONValue = ["name": .string(name), "kind": .string(plural)]
        if !group.isEmpty { details["group"] = .string(group) }
        return details
    }
}
