import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Testing

/// An API with simulated nodes and controllers, whose time passes only here.
final class World: Sendable {
    let api: API
    let simulation: Simulation

    init(nodes: Int = 3, webhooks: (any WebhookCaller)? = nil) {
        api = API(webhooks: webhooks)
        simulation = Simulation(server: api.server, options: Simulation.Options(nodes: nodes))
        simulation.step()
    }

    /// Lets time pass from timer to timer until `condition` holds; false when it does not within `limit` of simulated time.
    func run(within limit: Duration = .seconds(600), until condition: () async throws -> Bool) async throws -> Bool {
        var left = limit
        while true {
            var next = simulation.step() ?? .seconds(1)
            while await simulation.askWebhooks() { next = simulation.step() ?? .seconds(1) }
            if try await condition() { return true }
            guard left > .zero else { return false }
            let pause = min(max(.milliseconds(1), next), left)
            api.advance(pause)
            left -= pause
        }
    }

    /// Lets a fixed time pass.
    func pass(_ duration: Duration) async throws {
        _ = try await run(within: duration) { false }
    }

    func object(_ path: String) async throws -> JSONValue? {
        let answer = try await api.call(.get, path)
        return answer.status == 200 ? answer.body : nil
    }

    func items(_ path: String) async throws -> [JSONValue] {
        try await api.call(.get, path).body["items"]?.arrayValue ?? []
    }

    func isReady(_ pod: String) async throws -> Bool {
        let conditions = try await object("\(Path.pods)/\(pod)")?[path: "status", "conditions"]?.arrayValue ?? []
        return conditions.contains { $0["type"] == "Ready" && $0["status"] == "True" }
    }

    func create(_ path: String, _ object: JSONValue) async throws {
        let answer = try await api.call(.post, path, object)
        try #require(answer.status == 201, "\(answer.message)")
    }
}

/// A StatefulSet of one container.
func statefulSet(
    _ name: String, replicas: Int64 = 1, image: String = "spiced:1", strategy: String = "RollingUpdate",
    policy: String = "OrderedReady",
    annotations: JSONValue = [:], claim: Bool = false
) -> JSONValue {
    var object: JSONValue = [
        "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": ["name": .string(name)],
        "spec": [
            "serviceName": .string(name), "replicas": .int(replicas), "podManagementPolicy": .string(policy),
            "updateStrategy": ["type": .string(strategy)], "selector": ["matchLabels": ["app": .string(name)]],
            "template": [
                "metadata": ["labels": ["app": .string(name)], "annotations": annotations],
                "spec": [
                    "containers": [
                        [
                            "name": "spiced", "image": .string(image), "ports": [["name": "http", "containerPort": 8090]],
                            "readinessProbe": ["httpGet": ["path": "/v1/ready", "port": "http"]],
                        ]
                    ]
                ],
            ],
        ],
    ]
    if claim {
        object[path: "spec", "volumeClaimTemplates"] = [
            [
                "metadata": ["name": "data"],
                "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
            ]
        ]
    }
    return object
}

func pod(_ name: String, spec: JSONValue = [:], annotations: JSONValue = [:], labels: JSONValue = [:]) -> JSONValue {
    var object: JSONValue = [
        "apiVersion": "v1", "kind": "Pod",
        "metadata": ["name": .string(name), "annotations": annotations, "labels": labels],
        "spec": ["containers": [["name": "c", "image": "i:1"]]],
    ]
    for (key, value) in spec.objectValue ?? [:] { object[path: "spec", key] = value }
    return object
}
