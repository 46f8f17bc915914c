public import JSON

/// What an admission webhook is asked (`admission.k8s.io/v1`): the fields that decisions need.
public struct AdmissionRequest: Sendable, Hashable {
    public enum Operation: String, Sendable, CaseIterable {
        case create = "CREATE"
        case update = "UPDATE"
        case delete = "DELETE"
        case connect = "CONNECT"
    }

    public var uid = ""
    public var operation = Operation.create
    /// Of the object as it is sent, `spice.ai/v2`; with `matchPolicy: Equivalent` not always what the client wrote.
    public var apiVersion = ""
    public var kind = ""
    /// `spicepodsets`
    public var resource = ""
    /// `status`, `scale`, …; empty for the object itself.
    public var subresource = ""
    /// Empty where the API server is still to make it of `generateName`.
    public var name = ""
    public var namespace = ""
    public var isDryRun = false
    /// Absent on DELETE.
    public var object: JSONValue?
    /// Absent on CREATE.
    public var oldObject: JSONValue?

    public init() {}
}

extension AdmissionRequest {
    static let reviewVersion = "admission.k8s.io/v1"
    static let reviewKind = "AdmissionReview"

    /// Reads the body of a review; who asked, and with which options, is skipped.
    public init(review body: [UInt8]) throws(MalformedReview) {
        var request = AdmissionRequest()
        var operation = ""
        try ReviewEnvelope.scan(body, apiVersion: Self.reviewVersion, kind: Self.reviewKind) { key, scanner in
            switch key {
            case "uid": request.uid = try scanner.optionalString()
            case "operation": operation = try scanner.optionalString()
            case "kind": (request.apiVersion, request.kind) = try scanner.groupVersion(naming: "kind")
            case "resource": request.resource = try scanner.groupVersion(naming: "resource").name
            case "subResource": request.subresource = try scanner.optionalString()
            case "name": request.name = try scanner.optionalString()
            case "namespace": request.namespace = try scanner.optionalString()
            case "dryRun": request.isDryRun = try !scanner.null() && scanner.bool()
            case "object": request.object = try scanner.optionalValue()
            case "oldObject": request.oldObject = try scanner.optionalValue()
            default: try scanner.skip()
            }
        }
        guard !request.uid.isEmpty else { throw MalformedReview("request.uid: is required") }
        guard let known = Operation(rawValue: operation) else {
            throw MalformedReview("request.operation: \"\(operation.prefix(40))\" is not one of CREATE, UPDATE, DELETE, CONNECT")
        }
        request.operation = known
        self = request
    }
}

extension JSONScanner {
    /// `{group, version, kind}` or `{group, version, resource}`.
    fileprivate mutating func groupVersion(naming member: String) throws -> (apiVersion: String, name: String) {
        if try null() { return ("", "") }
        var (group, version, name) = ("", "", "")
        try forEachKey { key, scanner in
            switch key.string {
            case "group": group = try scanner.optionalString()
            case "version": version = try scanner.optionalString()
            case member: name = try scanner.optionalString()
            default: try scanner.skip()
            }
        }
        return (group.isEmpty ? version : "\(group)/\(version)", name)
    }
}
