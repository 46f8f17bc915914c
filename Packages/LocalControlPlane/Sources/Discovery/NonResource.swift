import JSON

extension APICore {
    /// Everything that is no resource: health, version, discovery, OpenAPI.
    func nonResource(_ parts: [String], _ request: APIRequest) throws(StatusError) -> APIResponse {
        guard request.method == "GET" || request.method == "HEAD" else { throw .methodNotAllowed(request.method) }
        switch parts.first {
        case "healthz", "livez", "readyz": return APIResponse(200, text: "ok")
        case "version": return APIResponse(200, json: Self.version)
        case "api", "apis": return try discovery(parts, request)
        case "openapi" where parts.count >= 2: return try openAPI(Array(parts.dropFirst()), request)
        case nil: return APIResponse(200, json: ["paths": .array(paths.map { .string($0) })])
        default: return APIResponse(404, text: "404 page not found\n")
        }
    }

    static let version: JSONValue = [
        "major": "1", "minor": "36", "gitVersion": "v1.36.0-local", "gitCommit": "", "gitTreeState": "clean", "buildDate": "",
        "goVersion": "", "compiler": "swift", "platform": "linux/amd64",
    ]

    private var paths: [String] {
        let groups = registry.versions.filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }
        return ["/api", "/api/v1", "/apis"]
            + groups.flatMap { group in ["/apis/\(group.key)"] + group.value.map { "/apis/\(group.key)/\($0)" } }
            + ["/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version"]
    }
}
