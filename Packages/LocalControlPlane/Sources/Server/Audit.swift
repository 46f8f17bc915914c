import JSON
import KubernetesModel

extension APIServer {
    /// `respond(to:)` with faults and the audit log.
    func answer(_ request: APIRequest) async -> Reply {
        if let response = faults.response(to: request) {
            faults.record(Audit.line(request, code: response.status, stage: "ResponseComplete", at: SystemClock.now()))
            return .response(response)
        }
        let reply = await respond(to: request)
        switch reply {
        case .response(let response):
            faults.record(Audit.line(request, code: response.status, stage: "ResponseComplete", at: SystemClock.now()))
        case .stream:
            faults.record(Audit.line(request, code: 200, stage: "ResponseStarted", at: SystemClock.now()))
        }
        return reply
    }
}

/// One line of the audit log, with the keys of `audit.k8s.io/v1`.
enum Audit {
    static func line(_ request: APIRequest, code: Int, stage: String, at time: Timestamp) -> JSONValue {
        var uri = request.path
        for (index, item) in request.query.enumerated() { uri += "\(index == 0 ? "?" : "&")\(item.name)=\(item.value)" }
        var line: JSONValue = [
            "kind": "Event", "apiVersion": "audit.k8s.io/v1", "level": "Metadata", "stage": .string(stage),
            "requestURI": .string(uri), "userAgent": .string(request.header("User-Agent")),
            "responseStatus": ["code": .int(Int64(code))], "requestReceivedTimestamp": .string(time.microText),
            "stageTimestamp": .string(time.microText), "user": ["username": "kubernetes-admin"],
        ]
        guard
            case .resource(let apiVersion, let plural, let namespace, let name, let subresource) = RequestInfo(path: request.path)
                .target
        else {
            line["verb"] = .string(request.method.lowercased())
            return line
        }
        let parts = apiVersion.split(separator: "/").map(String.init)
        var reference: JSONValue = ["resource": .string(plural), "apiVersion": .string(parts.last ?? "")]
        if parts.count == 2 { reference["apiGroup"] = .string(parts[0]) }
        reference["namespace"] = namespace.map { .string($0) }
        reference["name"] = name.map { .string($0) }
        reference["subresource"] = subresource.map { .string($0) }
        line["objectRef"] = reference
        line["verb"] = .string(verb(request, name: name))
        return line
    }

    private static func verb(_ request: APIRequest, name: String?) -> String {
        switch request.method {
        case "GET": request.isTrue("watch") ? "watch" : name == nil ? "list" : "get"
        case "POST": "create"
        case "PUT": "update"
        case "PATCH": "patch"
        case "DELETE": name == nil ? "deletecollection" : "delete"
        default: request.method.lowercased()
        }
    }
}
