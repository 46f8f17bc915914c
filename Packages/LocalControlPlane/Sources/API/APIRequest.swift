import JSON

/// A request as the core reads it: no transport, no connection.
struct APIRequest: Sendable {
    var method: String
    /// Decoded path, without the query.
    var path: String
    var query: [(name: String, value: String)] = []
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    func header(_ name: String) -> String {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value ?? ""
    }

    func parameter(_ name: String) -> String? { query.last { $0.name == name }?.value }

    func isTrue(_ name: String) -> Bool { ["true", "1", "True", "TRUE", "t"].contains(parameter(name) ?? "") }

    func integer(_ name: String) -> Int64? { parameter(name).flatMap { Int64($0) } }
}

/// What a path addresses.
struct RequestInfo: Sendable {
    enum Target: Sendable {
        /// `/healthz`, `/version`, `/api…` without a resource, `/openapi…`
        case nonResource([String])
        case resource(apiVersion: String, plural: String, namespace: String?, name: String?, subresource: String?)
    }

    var target: Target

    init(path: String) {
        let parts = path.split(separator: "/").map(String.init)
        let prefix: Int
        let apiVersion: String
        if parts.first == "api", parts.count >= 3 {
            (prefix, apiVersion) = (2, parts[1])
        } else if parts.first == "apis", parts.count >= 4 {
            (prefix, apiVersion) = (3, "\(parts[1])/\(parts[2])")
        } else {
            target = .nonResource(parts)
            return
        }
        var rest = Array(parts.dropFirst(prefix))
        var namespace: String?
        // `/namespaces/x` is the namespace itself, as are its `status` and `finalize`
        if rest[0] == "namespaces", rest.count >= 3, !(rest.count == 3 && ["status", "finalize"].contains(rest[2])) {
            namespace = rest[1]
            rest.removeFirst(2)
        }
        target = .resource(
            apiVersion: apiVersion, plural: rest[0], namespace: namespace, name: rest.count > 1 ? rest[1] : nil,
            subresource: rest.count > 2 ? rest.dropFirst(2).joined(separator: "/") : nil)
    }
}

/// A complete answer.
struct APIResponse: Sendable {
    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    init(_ status: Int, json: JSONValue) {
        self.status = status
        headers = [("Content-Type", "application/json")]
        body = json.serialized()
    }

    init(_ status: Int, text: String) {
        self.status = status
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        body = Array(text.utf8)
    }

    init(_ error: StatusError) {
        self.init(error.code, json: error.json)
        if let seconds = error.details?["retryAfterSeconds"]?.intValue { headers.append(("Retry-After", "\(seconds)")) }
    }
}

/// What the core makes of a request.
enum APIAnswer: Sendable {
    case response(APIResponse)
    /// Events as they come, until the client or the time limit ends it.
    case watch(Watch)
    /// Nothing was done: first these webhooks have to be asked.
    case undecided([WebhookCall])
}

extension APIAnswer {
    /// With `Warning` headers as kubectl prints them, each text once (RFC 7234, section 5.5). The real server, too, drops what holds a
    /// line end: it cannot stand in a header.
    func adding(warnings: [String]) -> APIAnswer {
        guard !warnings.isEmpty else { return self }
        var seen: Set<String> = []
        let headers = warnings.filter { text in !text.contains(where: \.isNewline) && seen.insert(text).inserted }.map { text in
            (name: "Warning", value: "299 - \(JSONValue.string(text).text)")
        }
        switch self {
        case .response(var response):
            response.headers += headers
            return .response(response)
        case .watch(var watch):
            watch.headers += headers
            return .watch(watch)
        case .undecided: return self
        }
    }
}
