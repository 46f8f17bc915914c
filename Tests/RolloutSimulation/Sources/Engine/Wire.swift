import JSON
import KubernetesClient
import LocalControlPlane

/// Between the controller and the API: does what a bad network, a busy server and a dying process do.
struct Wire: HTTPTransport {
    let server: InProcessTransport
    /// Of the same task: a request is answered before anything else happens.
    unowned let run: Run

    struct Crash: Error {}

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard !run.faults.isCrashed else { throw Crash() }
        run.beforeRequest()
        let fault = run.faults.next()
        if let fault { run.trace.note("  the request \(request.method.rawValue) \(request.path) meets \(fault.rawValue)") }
        switch fault {
        case .conflict: return Self.refusal(409, "Conflict", "the object has been modified")
        case .tooManyRequests: return Self.refusal(429, "TooManyRequests", "too many requests", retryAfter: 1)
        case .internalError: return Self.refusal(500, "InternalError", "etcd leader changed")
        case .timeoutBefore: throw TransportError(.timeout, "timed out", mayHaveReachedServer: true)
        case .timeoutAfter, .lostAnswer, nil: break
        }
        let response = try await server.send(request)
        let isWrite = request.method != .get
        run.absorb(.controller, isKnown: fault == nil)
        if isWrite, run.faults.wrote() {
            run.trace.note("  the controller crashes after \(request.method.rawValue) \(request.path)")
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

/// Faults that wait for their request.
struct ArmedFaults {
    private var requests: [(countdown: Int, fault: Decision.RequestFault)] = []
    private var crashAfter: Int?
    private(set) var isCrashed = false

    mutating func arm(_ fault: Decision.RequestFault, after: Int) { requests.append((after, fault)) }
    mutating func armCrash(afterWrites: Int) { crashAfter = crashAfter ?? afterWrites }
    mutating func disarm() { (requests, crashAfter) = ([], nil) }
    mutating func restarted() { isCrashed = false }

    /// The fault that this request meets.
    mutating func next() -> Decision.RequestFault? {
        for index in requests.indices { requests[index].countdown -= 1 }
        guard let index = requests.firstIndex(where: { $0.countdown < 0 }) else { return nil }
        return requests.remove(at: index).fault
    }

    /// A write was made.
    /// - Returns: whether the process dies now.
    mutating func wrote() -> Bool {
        guard let left = crashAfter else { return false }
        crashAfter = left == 0 ? nil : left - 1
        isCrashed = left == 0
        return isCrashed
    }
}
