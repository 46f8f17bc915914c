/// One request to a server, independent of the transport that carries it.
public struct HTTPRequest: Sendable {
    public enum Method: String, Sendable, Hashable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    public var method: Method
    /// Decoded: `/api/v1/namespaces/default/pods`. A server's own path prefix is the transport's business.
    public var path: String
    /// Decoded.
    public var query: [(name: String, value: String)]
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]?
    /// For the whole exchange of `send`; until the head has arrived for `open`.
    public var timeout: Duration?
    /// Whether the body may come compressed (the transport decompresses it).
    public var acceptsCompression: Bool

    public init(
        _ method: Method, _ path: String, query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: [UInt8]? = nil, timeout: Duration? = nil,
        acceptsCompression: Bool = false
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.acceptsCompression = acceptsCompression
    }

    /// Path and query, percent-encoded: what stands in the request line.
    public var target: String {
        var target = PercentEncoding.path(path)
        for (index, item) in query.enumerated() {
            target += index == 0 ? "?" : "&"
            target += PercentEncoding.component(item.name) + "=" + PercentEncoding.component(item.value)
        }
        return target
    }
}
