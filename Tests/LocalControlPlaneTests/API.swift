import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Synchronization
import Testing

/// An API server in memory with a clock that only moves when told, and short words for requests.
final class API: Sendable {
    let server: APIServer
    let transport: InProcessTransport
    private let time: Clock

    final class Clock: Sendable {
        private let instant = Mutex(Timestamp(unixSeconds: 1_800_000_000))
        var now: Timestamp { instant.withLock { $0 } }
        func advance(_ duration: Duration) { instant.withLock { $0 = $0 + duration } }
    }

    init(webhooks: (any WebhookCaller)? = nil) {
        let time = Clock()
        self.time = time
        server = APIServer(clock: { time.now }, seed: 1, webhooks: webhooks)
        transport = InProcessTransport(server, userAgent: "tests")
    }

    func advance(_ duration: Duration) { time.advance(duration) }

    struct Answer {
        var status: Int
        var body: JSONValue
        var headers: HTTPHeaders

        var message: String { body["message"]?.stringValue ?? "" }
        var warnings: [String] { headers.fields.filter { $0.name == "Warning" }.map(\.value) }
        var version: String { body[path: "metadata", "resourceVersion"]?.stringValue ?? "" }
    }

    @discardableResult
    func call(
        _ method: HTTPRequest.Method, _ target: String, _ body: JSONValue? = nil, type: String = "application/json",
        accept: String = "application/json"
    ) async throws -> Answer {
        let request = self.request(method, target, body, type: type, accept: accept)
        let response = try await transport.send(request)
        return Answer(
            status: response.status,
            body: (try? JSONValue(parsing: response.body)) ?? .string(String(decoding: response.body, as: UTF8.self)),
            headers: response.headers)
    }

    func request(
        _ method: HTTPRequest.Method, _ target: String, _ body: JSONValue? = nil, type: String = "application/json",
        accept: String = "application/json"
    ) -> HTTPRequest {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { item -> (name: String, value: String) in
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (pair[0], pair.count > 1 ? pair[1] : "")
        }
        return HTTPRequest(
            method, parts[0], query: query, headers: [("Content-Type", type), ("Accept", accept)], body: body?.serialized())
    }

    func apply(_ target: String, as manager: String, force: Bool = false, _ body: JSONValue) async throws -> Answer {
        try await call(
            .patch, "\(target)?fieldManager=\(manager)\(force ? "&force=true" : "")", body, type: "application/apply-patch+yaml")
    }

    @discardableResult
    func merge(_ target: String, _ body: JSONValue) async throws -> Answer {
        try await call(.patch, target, body, type: "application/merge-patch+json")
    }

    /// Serves the widgets of `widgetDefinition`.
    static func withWidgets() async throws -> API {
        let api = API()
        let created = try await api.call(
            .post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", widgetDefinition)
        try #require(created.status == 201, "\(created.body.text)")
        return api
    }
}

/// Paths of the collections the tests use.
enum Path {
    static let configMaps = "/api/v1/namespaces/default/configmaps"
    static let services = "/api/v1/namespaces/default/services"
    static let pods = "/api/v1/namespaces/default/pods"
    static let statefulSets = "/apis/apps/v1/namespaces/default/statefulsets"
    static let widgets = "/apis/example.io/v1/namespaces/default/widgets"
}

func widget(_ name: String, _ spec: JSONValue) -> JSONValue {
    ["apiVersion": "example.io/v1", "kind": "Widget", "metadata": ["name": .string(name)], "spec": spec]
}

func configMap(_ name: String, _ data: JSONValue, labels: JSONValue? = nil) -> JSONValue {
    var object: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name)], "data": data]
    object[path: "metadata", "labels"] = labels
    return object
}

/// A CRD with one of everything: list types, defaults, limits, subresources, printer columns, two versions.
let widgetDefinition: JSONValue = {
    let schema: JSONValue = [
        "type": "object", "required": ["spec"],
        "properties": [
            "spec": [
                "type": "object", "required": ["name"], "description": "What is wanted.",
                "properties": [
                    "name": ["type": "string", "maxLength": 5, "pattern": "^[a-z]+$"],
                    "mode": ["type": "string", "enum": ["A", "B"], "default": "A"],
                    "replicas": ["type": "integer", "minimum": 0, "format": "int32", "default": 1],
                    "port": ["x-kubernetes-int-or-string": true],
                    "any": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
                    "tags": ["type": "array", "maxItems": 2, "items": ["type": "string"], "x-kubernetes-list-type": "set"],
                    "ports": [
                        "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                        "items": [
                            "type": "object", "required": ["name"],
                            "properties": ["name": ["type": "string"], "port": ["type": "integer"]],
                        ],
                    ],
                    "nested": ["type": "object", "properties": ["a": ["type": "string"], "b": ["type": "string"]]],
                    "plain": ["type": "array", "items": ["type": "object", "properties": ["x": ["type": "string"]]]],
                    "labels": ["type": "object", "additionalProperties": ["type": "string"]],
                    "hint": ["type": "string", "nullable": true],
                ],
            ],
            "status": [
                "type": "object",
                "properties": [
                    "replicas": ["type": "integer"], "selector": ["type": "string"],
                    "conditions": [
                        "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["type"],
                        "items": [
                            "type": "object", "required": ["type", "status"],
                            "properties": ["type": ["type": "string"], "status": ["type": "string"]],
                        ],
                    ],
                ],
            ],
        ],
    ]
    let columns: JSONValue = [
        ["name": "Replicas", "type": "integer", "jsonPath": ".spec.replicas"],
        ["name": "Ready", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status"],
        ["name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"],
    ]
    let subresources: JSONValue = [
        "status": [:],
        "scale": [
            "specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas", "labelSelectorPath": ".status.selector",
        ],
    ]
    func version(_ name: String, storage: Bool) -> JSONValue {
        [
            "name": .string(name), "served": true, "storage": .bool(storage), "subresources": subresources,
            "additionalPrinterColumns": columns, "schema": ["openAPIV3Schema": schema],
        ]
    }
    return [
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": ["name": "widgets.example.io"],
        "spec": [
            "group": "example.io", "scope": "Namespaced", "names": ["plural": "widgets", "kind": "Widget", "shortNames": ["wd"]],
            "versions": [version("v1", storage: true), version("v1beta1", storage: false)],
        ],
    ]
}()
