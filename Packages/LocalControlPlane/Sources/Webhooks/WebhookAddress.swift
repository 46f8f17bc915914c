public import JSON
public import KubernetesClient
public import KubernetesModel

/// One call of a webhook, ready to be sent: to whom, and what.
public struct WebhookRequest: Sendable {
    /// As messages name it: `https://name.namespace.svc:443/convert?timeout=30s`.
    public var url: String
    /// Behind host and port, without the query.
    public var path: String
    /// The Service that the configuration names; nil for a plain URL.
    public var service: ObjectKey?
    /// Where it can be reached; nil where the Service leads nowhere, which `problem` explains.
    public var address: ServerAddress?
    public var problem: String
    /// The name that the certificate must have.
    public var serverName: String
    /// PEM; nil for the authorities of the system.
    public var authorities: [UInt8]?
    public var timeoutSeconds: Int64
    /// An AdmissionReview or a ConversionReview.
    public var review: JSONValue
}

/// Calls webhooks. The real one is `HTTPSWebhookCaller`; a test or a simulation answers in the same process.
public protocol WebhookCaller: Sendable {
    /// The review with its response.
    func call(_ request: WebhookRequest) async throws(WebhookFailure) -> JSONValue
}

extension APICore {
    func request(for call: WebhookCall, uid: String) -> WebhookRequest {
        let client = call.client
        let bundle = client["caBundle"]?.stringValue.flatMap { Base64.decode($0) } ?? []
        var request = WebhookRequest(
            url: "", path: "/", problem: "", serverName: "", authorities: bundle.isEmpty ? nil : bundle,
            timeoutSeconds: call.timeoutSeconds, review: call.review(uid: uid))
        if let service = client["service"], case .object = service {
            aim(&request, at: service)
        } else {
            let url = client.string("url")
            request.url = url
            request.address = ServerAddress(url)
            request.problem = "parse \(JSONValue.string(url).text): not an HTTPS URL without user, query and fragment"
            request.serverName = request.address?.host ?? ""
            request.path = request.address.flatMap { $0.prefix.isEmpty ? nil : $0.prefix } ?? "/"
            request.address?.prefix = ""
        }
        request.url += "?timeout=\(call.timeoutSeconds)s"
        return request
    }

    private func aim(_ request: inout WebhookRequest, at service: JSONValue) {
        let key = ObjectKey(namespace: service.string("namespace"), name: service.string("name"))
        let port = service["port"]?.intValue ?? 443
        let path = service.string("path")
        request.service = key
        request.serverName = "\(key.name).\(key.namespace).svc"
        request.path = path.isEmpty ? "/" : path.hasPrefix("/") ? path : "/\(path)"
        request.url = "https://\(request.serverName):\(port)\(request.path)"
        switch address(of: key, port: port) {
        case .success(let address): request.address = address
        case .failure(let failure): request.problem = failure.message
        }
    }

    /// Where a Service leads: an ExternalName to its host, any other to a ready endpoint, since cluster IPs are not routed here.
    private func address(of key: ObjectKey, port: Int64) -> Result<ServerAddress, WebhookFailure> {
        func failure(_ message: String) -> Result<ServerAddress, WebhookFailure> { .failure(WebhookFailure(message)) }
        guard let service = store.object(.services, key) else {
            return failure("service \(JSONValue.string(key.name).text) not found")
        }
        if service[path: "spec", "type"] == "ExternalName" {
            return .success(ServerAddress(host: service.string("spec", "externalName"), port: Int(clamping: port)))
        }
        let ports = service.list("spec", "ports")
        guard let wanted = ports.first(where: { $0["port"]?.intValue == port }) else {
            return failure("no service port \(port) found for service \(JSONValue.string(key.name).text)")
        }
        for slice in store.all(.endpointSlices).sorted(by: { $0.key < $1.key }).map(\.value)
        where slice.namespace == key.namespace && slice["metadata", "labels"]?["kubernetes.io/service-name"] == .string(key.name) {
            let port = slice.list("ports").first { $0.string("name") == wanted.string("name") }?["port"]?.intValue
            let ready = slice.list("endpoints").first { $0[path: "conditions", "ready"] != false }
            if let port, let host = ready?.strings("addresses").first {
                return .success(ServerAddress(host: host, port: Int(clamping: port)))
            }
        }
        return failure("no endpoints available for service \(JSONValue.string(key.name).text)")
    }
}
