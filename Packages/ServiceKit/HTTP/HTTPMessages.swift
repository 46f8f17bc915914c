public import KubernetesClient

public struct HTTPServerRequest: Sendable {
    /// Upper case.
    public var method: String
    /// Decoded, without the query.
    public var path: String
    /// Decoded, in the order given.
    public var query: [(name: String, value: String)]
    public var headers: HTTPHeaders
    public var body: [UInt8]

    public init(
        _ method: String, path: String, query: [(name: String, value: String)] = [], headers: HTTPHeaders = [:], body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    public func queryValue(_ name: String) -> String? {
        query.last { $0.name == name }?.value
    }
}

public struct HTTPServerResponse: Sendable {
    public enum Body: Sendable {
        case bytes([UInt8])
        /// Written piece by piece until the closure returns; cancelled when the client leaves.
        case stream(@Sendable (HTTPBodyWriter) async throws -> Void)
    }

    public var status: Int
    public var headers: HTTPHeaders
    public var body: Body

    public init(status: Int = 200, headers: HTTPHeaders = [:], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public init(status: Int = 200, contentType: String, _ body: [UInt8]) {
        self.init(status: status, headers: ["Content-Type": contentType], body: .bytes(body))
    }

    public static func text(_ text: String, status: Int = 200) -> HTTPServerResponse {
        HTTPServerResponse(status: status, contentType: "text/plain; charset=utf-8", Array(text.utf8))
    }
}

public typealias HTTPHandler = @Sendable (HTTPServerRequest) async -> HTTPServerResponse

/// Bounds of one server. A client that crosses one is cut off; others do not notice.
public struct HTTPServerLimits: Sendable, Hashable {
    /// Larger bodies get 413.
    public var bodyBytes = 64 << 10
    /// Names and values together; larger heads get 431 or a closed connection.
    public var headerBytes = 32 << 10
    /// From a request's first byte to its last, so that a trickling client holds nothing for long.
    public var requestTimeout: Duration = .seconds(10)
    /// Until a kept-alive connection's next request.
    public var idleTimeout: Duration = .seconds(120)
    /// For each piece of a response to leave.
    public var writeTimeout: Duration = .seconds(30)
    /// For running requests to end when the server stops.
    public var drainTimeout: Duration = .seconds(5)
    /// More are refused at once.
    public var connections = 512

    public init() {}
}
