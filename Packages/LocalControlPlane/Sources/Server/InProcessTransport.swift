import JSON
public import KubernetesClient
import Synchronization

/// Carries a client's requests to an `APIServer` in the same process.
public struct InProcessTransport: HTTPTransport {
    private let server: APIServer
    private let userAgent: String

    /// - Parameter userAgent: for requests that name none; it becomes the field manager of plain updates.
    public init(_ server: APIServer, userAgent: String = "in-process") {
        self.server = server
        self.userAgent = userAgent
    }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        switch await server.answer(apiRequest(request)) {
        case .response(let response):
            return HTTPResponse(status: response.status, headers: HTTPHeaders(response.headers), body: response.body)
        case .stream(let chunks, let headers):
            var body: [UInt8] = []
            for try await chunk in chunks { body += chunk }
            return HTTPResponse(status: 200, headers: HTTPHeaders(Self.streamHeaders + headers), body: body)
        }
    }

    public func open(_ request: HTTPRequest) async throws -> HTTPStream {
        try Task.checkCancellation()
        switch await server.answer(apiRequest(request)) {
        case .response(let response):
            let body = Mutex<[UInt8]?>(response.body)
            return HTTPStream(
                status: response.status, headers: HTTPHeaders(response.headers),
                chunks: HTTPChunks {
                    body.withLock { body in
                        defer { body = nil }
                        return body
                    }
                })
        case .stream(let chunks, let headers):
            return HTTPStream(status: 200, headers: HTTPHeaders(Self.streamHeaders + headers), chunks: HTTPChunks(chunks))
        }
    }

    private static let streamHeaders = [(name: "Content-Type", value: "application/json;stream=watch")]

    private func apiRequest(_ request: HTTPRequest) -> APIRequest {
        var headers = request.headers
        if !headers.contains(where: { $0.name.lowercased() == "user-agent" }) { headers.append(("User-Agent", userAgent)) }
        return APIRequest(
            method: request.method.rawValue, path: request.path, query: request.query, headers: headers, body: request.body ?? [])
    }
}
