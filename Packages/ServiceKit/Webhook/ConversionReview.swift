public import JSON

/// What a conversion webhook is asked (`apiextensions.k8s.io/v1`).
public struct ConversionRequest: Sendable, Hashable {
    static let reviewVersion = "apiextensions.k8s.io/v1"
    static let reviewKind = "ConversionReview"

    public var uid = ""
    /// `spice.ai/v2`
    public var desiredAPIVersion = ""
    public var objects: [JSONValue] = []

    public init() {}

    public init(review body: [UInt8]) throws(MalformedReview) {
        var request = ConversionRequest()
        try ReviewEnvelope.scan(body, apiVersion: Self.reviewVersion, kind: Self.reviewKind) { key, scanner in
            switch key {
            case "uid": request.uid = try scanner.optionalString()
            case "desiredAPIVersion": request.desiredAPIVersion = try scanner.optionalString()
            case "objects":
                if try scanner.null() { return }
                try scanner.forEachElement { request.objects.append(try $0.value()) }
            default: try scanner.skip()
            }
        }
        guard !request.uid.isEmpty else { throw MalformedReview("request.uid: is required") }
        guard !request.desiredAPIVersion.isEmpty else { throw MalformedReview("request.desiredAPIVersion: is required") }
        self = request
    }

    /// The body of the answer: every object converted, or a Failure that names the first that cannot be.
    ///
    /// There is no answer for some of the objects only: the API server takes all or fails the request.
    public func review(_ convert: (JSONValue, String) throws -> JSONValue) -> [UInt8] {
        do {
            let converted = try objects.map { object throws(ConversionFailure) in
                do {
                    return try convert(object, desiredAPIVersion)
                } catch {
                    throw ConversionFailure(object, error)
                }
            }
            return response(["result": ["status": "Success"], "convertedObjects": .array(converted)])
        } catch {
            return response(["result": ["status": "Failure", "message": .string(error.message)]])
        }
    }

    private func response(_ members: [String: JSONValue]) -> [UInt8] {
        var members = members
        members["uid"] = .string(uid)
        return ReviewEnvelope.response(apiVersion: Self.reviewVersion, kind: Self.reviewKind, members)
    }
}

/// `SpicepodSet default/web: spec.replicas: expected an integer, found string`
private struct ConversionFailure: Error {
    var message: String

    init(_ object: JSONValue, _ error: any Error) {
        let metadata = object["metadata"]
        let place = [metadata?["namespace"]?.stringValue, metadata?["name"]?.stringValue].compactMap { $0 }.joined(separator: "/")
        let kind = object["kind"]?.stringValue ?? "object"
        message = String("\(kind) \(place.isEmpty ? "without a name" : place): \(error)".prefix(4096))
    }
}
