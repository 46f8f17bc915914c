import KubernetesClient

/// Handlers by exact path and method. HEAD is GET without its body.
public struct HTTPRouter: Sendable {
    private var routes: [String: [String: HTTPHandler]] = [:]
    /// Takes what no route has.
    public var fallback: HTTPHandler?

    public init() {}

    public mutating func on(_ methods: String..., path: String, _ handler: @escaping HTTPHandler) {
        for method in methods { routes[path, default: [:]][method] = handler }
    }

    public func handle(_ request: HTTPServerRequest) async -> HTTPServerResponse {
        guard let methods = routes[request.path] else {
            return await fallback?(request) ?? .text("not found\n", status: 404)
        }
        if let handler = methods[request.method] ?? (request.method == "HEAD" ? methods["GET"] : nil) {
            return await handler(request)
        }
        let allowed = Set(methods.keys).union(methods["GET"] == nil ? [] : ["HEAD"]).sorted().joined(separator: ", ")
        var response = HTTPServerResponse.text("method not allowed, use \(allowed)\n", status: 405)
        response.headers.append("Allow", allowed)
        return response
    }
}
