import JSON
import SpiceTypes

/// What makes the pods of a role: two equal ones are the same version, as far as the role goes.
struct NodeParts: Sendable, Hashable {
    enum Trouble: String, Sendable, CaseIterable { case notReady, crashes, noImage }

    var tag = 0
    var environment = 0
    /// Pods of this version never get ready.
    var trouble: Trouble?

    var text: String { "\(tag).\(environment)" + (trouble.map { " (\($0.rawValue))" } ?? "") }
}

/// What makes the pods of a cluster: a user goes back to all of it.
struct ClusterParts: Sendable, Hashable {
    var scheduler = NodeParts()
    var executor = NodeParts()
    /// The Spicepod, which is the schedulers' and makes the executors start anew.
    var definition = 0

    subscript(role: ClusterRole) -> NodeParts {
        get { role == .scheduler ? scheduler : executor }
        set { if role == .scheduler { scheduler = newValue } else { executor = newValue } }
    }

    var text: String { "schedulers \(scheduler.text), executors \(executor.text), Spicepod \(definition)" }
}

/// A cluster's spec as its user means it.
struct UserSpec: Sendable, Hashable {
    enum Strategy: String, Sendable, CaseIterable {
        case ordered = "RollingOrdered", parallel = "RollingParallel", blueGreen = "BlueGreen"
    }

    var parts = ClusterParts()
    var replicas: [ClusterRole: Int] = [.scheduler: 1, .executor: 1]
    var strategies: [ClusterRole: Strategy] = [:]
    var isInsecure = false

    func strategy(_ role: ClusterRole) -> Strategy { strategies[role] ?? .ordered }

    var json: JSONValue {
        var scheduler = nodes(.scheduler)
        scheduler["spicepod"] = [
            "name": "demo", "kind": "Spicepod", "version": "v1", "description": .string("\(parts.definition)"),
            "runtime": ["scheduler": ["state_location": "s3://bucket/state"]],
        ]
        var spec: JSONValue = ["schedulerSpec": scheduler, "executorSpec": nodes(.executor)]
        if isInsecure { spec["allowInsecureConnections"] = true }
        return spec
    }

    private func nodes(_ role: ClusterRole) -> JSONValue {
        var nodes: JSONValue = [
            "replicas": .int(Int64(replicas[role] ?? 1)),
            "image": ["repository": "spiced", "tag": .string("\(parts[role].tag)")],
            "env": [["name": "GENERATION", "value": .string("\(parts[role].environment)")]],
            "updateStrategy": ["type": .string(strategy(role).rawValue)],
        ]
        switch parts[role].trouble {
        case .notReady: nodes["annotations"] = ["hollow/not-ready": "true"]
        case .crashes: nodes["annotations"] = ["hollow/fail": "crashloop"]
        case .noImage: nodes["annotations"] = ["hollow/fail": "image"]
        case nil: break
        }
        return nodes
    }
}
