import JSON

/// What makes a pod: two equal ones are the same version.
struct VersionParts: Sendable, Hashable {
    enum Trouble: String, Sendable { case notReady, crashes, noImage }

    var tag = 0
    var environment = 0
    var spicepod = 0
    var label = 0
    /// Pods of this version never get ready.
    var trouble: Trouble?

    var text: String {
        "\(tag).\(environment).\(spicepod).\(label)" + (trouble.map { " (\($0.rawValue))" } ?? "")
    }
}

/// A set's spec as its user means it.
struct UserSpec: Sendable, Hashable {
    enum Strategy: Sendable, Hashable {
        case ordered
        case parallel(maxUnavailable: String)
        case blueGreen
    }

    var version = VersionParts()
    var replicas = 1
    var strategy = Strategy.ordered
    var minReadyForCutover: Int?
    /// The retention in seconds, while enabled.
    var standby: Int?
    var progressDeadlineSeconds: Int?
    var hasService = true
    /// Gigabytes of the volume `data`.
    var volume: Int?

    var json: JSONValue {
        var spec: JSONValue = [
            "replicas": .int(Int64(replicas)),
            "spicepod": ["name": "demo", "kind": "Spicepod", "version": "v1", "description": .string("\(version.spicepod)")],
            "image": ["repository": "spiced", "tag": .string("\(version.tag)")],
            "env": [["name": "GENERATION", "value": .string("\(version.environment)")]],
            "labels": ["flavour": .string("\(version.label)")],
            "updateStrategy": updateStrategy,
            "service": ["enabled": .bool(hasService)],
        ]
        switch version.trouble {
        case .notReady: spec["annotations"] = ["hollow/not-ready": "true"]
        case .crashes: spec["annotations"] = ["hollow/fail": "crashloop"]
        case .noImage: spec["annotations"] = ["hollow/fail": "image"]
        case nil: break
        }
        if let standby { spec["standbyVersion"] = ["enabled": true, "retentionPeriodSeconds": .int(Int64(standby))] }
        if let progressDeadlineSeconds { spec["progressDeadlineSeconds"] = .int(Int64(progressDeadlineSeconds)) }
        if let volume {
            spec["volumeClaimTemplates"] = [
                ["metadata": ["name": "data"], "spec": ["resources": ["requests": ["storage": .string("\(volume)Gi")]]]]
            ]
        }
        return spec
    }

    private var updateStrategy: JSONValue {
        var strategy: JSONValue = [:]
        switch self.strategy {
        case .ordered: strategy["type"] = "RollingOrdered"
        case .blueGreen: strategy["type"] = "BlueGreen"
        case .parallel(let maxUnavailable):
            strategy["type"] = "RollingParallel"
            strategy["maxUnavailable"] = Int64(maxUnavailable).map { .int($0) } ?? .string(maxUnavailable)
        }
        if let minReadyForCutover { strategy["minReadyForCutover"] = .int(Int64(minReadyForCutover)) }
        return strategy
    }
}
