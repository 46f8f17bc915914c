import JSON
import KubernetesModel

enum PodColumns {
    static let columns: [TableColumn] = [
        TableColumn(name: "Ready", description: "The aggregate readiness state of this pod for accepting traffic.") { pod, _ in
            let statuses = pod.list("status", "containerStatuses")
            let sidecars = pod.list("spec", "initContainers").filter { $0["restartPolicy"] == "Always" }
            let sidecarsReady = pod.list("status", "initContainerStatuses").filter { status in
                status["ready"] == true && sidecars.contains { $0["name"] == status["name"] }
            }
            let ready = statuses.filter { $0["ready"] == true }.count + sidecarsReady.count
            return .string("\(ready)/\(pod.list("spec", "containers").count + sidecars.count)")
        },
        TableColumn(name: "Status", description: "The aggregate status of the containers in this pod.") { pod, _ in
            .string(status(pod))
        },
        TableColumn(name: "Restarts", description: "The number of times the containers in this pod have been restarted.") {
            pod, now in
            .string(restarts(pod, now))
        },
        .age,
        TableColumn(name: "IP") { pod, _ in pod["status", "podIP"] ?? "<none>" }.wide,
        TableColumn(name: "Node") { pod, _ in pod["spec", "nodeName"] ?? "<none>" }.wide,
        TableColumn(name: "Nominated Node") { pod, _ in pod["status", "nominatedNodeName"] ?? "<none>" }.wide,
        TableColumn(name: "Readiness Gates") { _, _ in "<none>" }.wide,
    ]

    private static func status(_ pod: JSONValue) -> String {
        var reason = pod["status", "reason"]?.stringValue ?? pod.string("status", "phase")
        let inits = pod.list("spec", "initContainers")
        var isInitializing = false
        for (index, status) in pod.list("status", "initContainerStatuses").enumerated() {
            let isSidecar = inits.first { $0["name"] == status["name"] }?["restartPolicy"] == "Always"
            if status[path: "state", "terminated", "exitCode"] == 0 || (isSidecar && status["started"] == true) { continue }
            isInitializing = true
            if let terminated = status["state", "terminated"] {
                reason = "Init:" + (terminated["reason"]?.stringValue ?? "ExitCode:\(terminated["exitCode"]?.text ?? "")")
            } else if let waiting = status["state", "waiting"]?["reason"]?.stringValue, waiting != "PodInitializing" {
                reason = "Init:\(waiting)"
            } else {
                reason = "Init:\(index)/\(inits.count)"
            }
            break
        }
        if !isInitializing {
            var hasRunning = false
            for status in pod.list("status", "containerStatuses").reversed() {
                if let waiting = status[path: "state", "waiting", "reason"]?.stringValue, !waiting.isEmpty {
                    reason = waiting
                } else if let terminated = status["state", "terminated"] {
                    reason = terminated["reason"]?.stringValue ?? "ExitCode:\(terminated["exitCode"]?.text ?? "")"
                } else if status["ready"] == true, status["state", "running"] != nil {
                    hasRunning = true
                }
            }
            if reason == "Completed", hasRunning { reason = "Running" }
        }
        return pod.isBeingDeleted ? "Terminating" : reason
    }

    private static func restarts(_ pod: JSONValue, _ now: Timestamp) -> String {
        let statuses = pod.list("status", "containerStatuses")
        let total = statuses.reduce(0) { $0 + ($1["restartCount"]?.intValue ?? 0) }
        let last = statuses.compactMap { $0[path: "lastState", "terminated", "finishedAt"]?.stringValue }.max()
        guard total > 0, let last else { return "\(total)" }
        return "\(total) (\(Age.text(since: last, now)) ago)"
    }
}
