import JSON
import KubernetesModel

/// One container of a simulated pod.
struct ContainerRun: Sendable {
    enum State: Sendable, Equatable {
        case created
        case waiting(reason: String, message: String)
        case running(since: Timestamp)
        case terminated(JSONValue)
    }

    var state = State.created
    var last: JSONValue?
    var restarts: Int64 = 0
    var failures = 0
    /// End of a back-off.
    var until: Timestamp?
    /// `hollow/fail` as last seen; a change starts the count again.
    var fault: String?
    var id = ""
    var isReady = false
    var isStarted = false
    var probes: [String: ProbeRun] = [:]

    struct ProbeRun: Sendable {
        var next: Timestamp?
        var isInFlight = false
        var failures: Int64 = 0
        var successes: Int64 = 0
    }

    var isRunning: Bool { if case .running = state { true } else { false } }
    var isTerminated: Bool { if case .terminated = state { true } else { false } }
    var hasSucceeded: Bool { if case .terminated(let end) = state { end["exitCode"] == 0 } else { false } }

    func isWaiting(_ reasons: String...) -> Bool {
        if case .waiting(let reason, _) = state { reasons.contains(reason) } else { false }
    }

    mutating func start(_ now: Timestamp, id: String) {
        if case .terminated(let end) = state { last = end }
        self.id = id
        state = .running(since: now)
        probes = [:]
        isReady = false
        isStarted = false
    }

    /// - Parameter message: what the container left in its termination log.
    mutating func stop(_ code: Int64, _ reason: String, _ now: Timestamp, message: String? = nil) {
        var start = now
        if case .running(let since) = state { start = since }
        var end: JSONValue = [
            "exitCode": .int(code), "reason": .string(reason), "startedAt": .string(start.text), "finishedAt": .string(now.text),
            "containerID": .string(id),
        ]
        end["message"] = message.map { .string($0) }
        state = .terminated(end)
        isReady = false
        isStarted = false
    }

    func status(_ spec: JSONValue, waitingFor blocked: String?) -> JSONValue {
        let shown: JSONValue
        switch state {
        case .created:
            let reason = blocked == nil ? "ContainerCreating" : "CreateContainerConfigError"
            var waiting: JSONValue = ["reason": .string(reason)]
            if let blocked { waiting["message"] = .string(blocked) }
            shown = ["waiting": waiting]
        case .waiting(let reason, let message): shown = ["waiting": ["reason": .string(reason), "message": .string(message)]]
        case .running(let since): shown = ["running": ["startedAt": .string(since.text)]]
        case .terminated(let end): shown = ["terminated": end]
        }
        var status: JSONValue = [
            "name": spec["name"] ?? "", "image": spec["image"] ?? "", "imageID": "", "ready": .bool(isReady),
            "restartCount": .int(restarts),
            "started": .bool(isStarted), "state": shown, "lastState": last.map { ["terminated": $0] } ?? [:],
        ]
        if !id.isEmpty { status["containerID"] = .string(id) }
        if isRunning { status["imageID"] = .string("simulated://\(spec.string("image"))") }
        return status
    }

    /// Takes over what a pod's status says, when the control plane has been restarted.
    init(status: JSONValue) {
        restarts = status["restartCount"]?.intValue ?? 0
        last = status[path: "lastState", "terminated"]
        id = status.string("containerID")
        if let since = status[path: "state", "running", "startedAt"]?.stringValue.flatMap({ Timestamp($0) }) {
            state = .running(since: since)
            isReady = status["ready"] == true
            isStarted = status["started"] == true
        } else if let end = status["state", "terminated"] {
            state = .terminated(end)
        }
    }

    init() {}
}
