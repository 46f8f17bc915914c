import JSON
import KubernetesModel

/// The Kubernetes API over any transport. A value: copies may have another observer, retry policy or timeout.
///
/// Every operation throws `APIError`; a cancelled task gets its code `.cancelled`.
public struct KubernetesClient: Sendable {
    public let transport: any HTTPTransport
    /// The owner of the fields that this client writes.
    public var fieldManager: String
    public var userAgent: String
    public var observer: (any RequestObserver)?
    public var retry = RetryPolicy.standard
    /// Of one attempt. The API server itself gives up after 60 s.
    public var timeout: Duration = .seconds(60)
    public var time = TimeSource.system

    public init(
        transport: any HTTPTransport, fieldManager: String, userAgent: String, observer: (any RequestObserver)? = nil
    ) {
        self.transport = transport
        self.fieldManager = fieldManager
        self.userAgent = userAgent
        self.observer = observer
    }

    /// One request with all that is said about it.
    struct Call: Sendable {
        var verb: Verb
        var resource: ResourceType?
        var subresource: String?
        var request: HTTPRequest
    }

    /// Sends a request until it succeeds or the retry policy ends it.
    func perform(_ call: Call) async throws(APIError) -> HTTPResponse {
        try await repeating(call) { request async throws(APIError) in
            let response: HTTPResponse
            do {
                response = try await transport.send(request)
            } catch {
                throw APIError(transport: error)
            }
            guard (200..<300).contains(response.status) else { throw APIError(response) }
            return (response, response.status)
        }
    }

    func repeating<Result: Sendable>(
        _ call: Call, _ attempt: (HTTPRequest) async throws(APIError) -> (Result, status: Int)
    ) async throws(APIError) -> Result {
        var request = call.request
        request.timeout = request.timeout ?? timeout
        request.headers.append(("User-Agent", userAgent))
        var attempts = 1
        while true {
            let start = time.now()
            let failure: APIError
            do {
                let (result, status) = try await attempt(request)
                observe(call, start, status: status, error: nil, attempts)
                return result
            } catch {
                failure = error
            }
            observe(call, start, status: failure.httpStatus, error: failure.code, attempts)
            guard let delay = retry.delay(after: failure, verb: call.verb, attempt: attempts, random: time.random()) else {
                throw failure
            }
            do {
                try await time.sleep(delay)
            } catch {
                throw APIError(transport: CancellationError())
            }
            attempts += 1
        }
    }

    private func observe(_ call: Call, _ start: Duration, status: Int?, error: APIError.Code?, _ attempt: Int) {
        observer?.requestFinished(
            RequestObservation(
                verb: call.verb, resource: call.resource, subresource: call.subresource, status: status, error: error,
                duration: time.now() - start, attempt: attempt))
    }

    /// - Throws: `.badRequest` for names that would address something else.
    func path(_ resource: ResourceType, _ key: ObjectKey, _ subresource: String?) throws(APIError) -> String {
        guard Self.isSegment(key.name), key.namespace.isEmpty || Self.isSegment(key.namespace) else {
            throw APIError(.badRequest, "\"\(key)\" cannot name a \(resource.kind)")
        }
        guard !resource.namespaced || !key.namespace.isEmpty else {
            throw APIError(.badRequest, "the \(resource.kind) \"\(key.name)\" needs a namespace")
        }
        return resource.path(namespace: key.namespace, name: key.name, subresource: subresource)
    }

    /// What the API server takes as a name in a path.
    static func isSegment(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }
    }

    static func tree(_ response: HTTPResponse) throws(APIError) -> JSONValue {
        do {
            return try JSONValue(parsing: response.body)
        } catch {
            throw decodingError(error, response)
        }
    }

    static func decodingError(_ error: any Error, _ response: HTTPResponse? = nil) -> APIError {
        APIError(.decoding, "the response cannot be read: \(error)", httpStatus: response?.status, cause: error)
    }
}
