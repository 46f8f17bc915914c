import JSON
import KubernetesClient
import LocalControlPlane

/// Between a service and the API: does what a bad network, a busy server and a dying process do.
struct Wire: HTTPTransport {
    let server: InProcessTransport
    /// Of the same task: a request is answered before anything else happens.
    unowned let stage: Stage
    unowned let service: SimulatedService

    struct Crash: Error {}

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard !service.faults.isCrashed else { throw Crash() }
        var request = request
        service.rewrite?(&request)
        stage.beforeRequest()
        let fault = service.faults.next()
        if let fault { stage.trace.note("  the request \(request.method.rawValue) \(request.path) meets \(fault.rawValue)") }
        switch fault {
        case .conflict: return Self.refusal(409, "Conflict", "the object has been modified")
        case .tooManyRequests: return Self.refusal(429, "TooManyRequests", "too many requests", retryAfter: 1)
        case .internalError: return Self.refusal(500, "InternalError", "etcd leader changed")
        case .timeoutBefore: throw TransportError(.timeout, "timed out", mayHaveReachedServer: true)
        case .timeoutAfter, .lostAnswer, nil: break
        }
        let response = try await server.send(request)
        let isWrite = request.method != .get
        stage.absorb(.service(service.name), isKnown: fault == nil)
        if isWrite, service.faults.wrote() {
            stage.trace.note("  the \(service.name) crashes after \(request.method.rawValue) \(request.path)")
            throw Crash()
        }
        switch fault {
        case .timeoutAfter: throw TransportError(.timeout, "timed out", mayHaveReachedServer: true)
        case .lostAnswer: throw TransportError(.connectionLost, "the stream broke", mayHaveReachedServer: true)
        default: return response
        }
    }

    func open(_ request: HTTPRequest) async throws -> HTTPStream { throw Crash() }

    private static func refusal(_ code: Int, _ reason: String, _ message: String, retryAfter: Int? = nil) -> HTTPResponse {
        let body: JSONValue = [
            "kind": "Status", "apiVersion": "v1", "status": "Failure", "code": .int(Int64(code)), "reason": .string(reason),
            "message": .string(message),
        ]
        return HTTPResponse(
            status: code, headers: HTTPHeaders(retryAfter.map { [("Retry-After", "\($0)")] } ?? []), body: body.serialized())
    }
}
