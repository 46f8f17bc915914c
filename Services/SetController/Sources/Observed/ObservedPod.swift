import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// What the planner needs of a pod; everything else is skipped while scanning.
struct ObservedPod: Sendable, Hashable {
    var key = ObjectKey(name: "")
    var uid = ""
    var version: String?
    var ownerUID: String?
    var createdAt: Timestamp?
    var isTerminating = false
    var phase = ""
    var isReady = false
    /// Since when `isReady` is as it is.
    var readySince: Timestamp?
    /// When the container that started last did.
    var startedAt: Timestamp?
    /// Of all its containers.
    var restarts = 0
    /// Why the pod does not run or get ready, from its containers or the scheduler.
    var trouble: Trouble?
    /// Why the pod as a whole ended, such as an eviction.
    var verdict: Trouble?
    /// How a container ended last, one that failed before others.
    var end: Termination?
    /// It has to start anew for a file system of its to grow.
    var awaitsFileSystem = false
    /// Ready, and not yet for long enough to tell anything: see `Trial`.
    var isOnTrial = false

    struct Trouble: Sendable, Hashable {
        var reason: String
        var message: String
    }

    struct Termination: Sendable, Hashable {
        var reason = ""
        var exitCode: Int64 = 0
        var message = ""
    }

    /// Ready and staying: it counts as available.
    var isAvailable: Bool { isReady && !isTerminating }

    var name: String { key.name }
}

extension ObservedPod {
    /// Reads `status`.
    mutating func scanStatus(_ scanner: inout JSONScanner) throws {
        var scheduling: Trouble?
        var waiting: Trouble?
        var whole = Trouble(reason: "", message: "")
        try scanner.forEachKey { key, scanner in
            switch key {
            case "phase": phase = try scanner.string()
            case "reason": whole.reason = try scanner.string()
            case "message": whole.message = PodFailure.line(try scanner.string())
            case "conditions":
                try scanner.forEachElement { scanner in
                    let condition = try PodCondition(scanning: &scanner)
                    if condition.type == "Ready" { (isReady, readySince) = (condition.status == "True", condition.since) }
                    if condition.type == "PodScheduled", condition.status == "False" {
                        scheduling = Trouble(reason: condition.reason, message: condition.message)
                    }
                }
            case "containerStatuses", "initContainerStatuses":
                try scanner.forEachElement { scanner in
                    let container = try ContainerStatus(scanning: &scanner)
                    waiting = waiting ?? container.trouble
                    startedAt = [startedAt, container.startedAt].compactMap { $0 }.max()
                    restarts = restarts.addingReportingOverflow(container.restarts).partialValue
                    if (end?.exitCode ?? 0) == 0, let last = container.end { end = last }
                }
            default: try scanner.skip()
            }
        }
        trouble = waiting ?? scheduling
        verdict = whole.reason.isEmpty ? nil : whole
    }

    private struct PodCondition: JSONScannable {
        var type = ""
        var status = ""
        var reason = ""
        var message = ""
        var since: Timestamp?

        init(scanning scanner: inout JSONScanner) throws {
            var (type, status, reason, message) = ("", "", "", "")
            var since: Timestamp?
            try scanner.forEachKey { key, scanner in
                switch key {
                case "type": type = try scanner.string()
                case "status": status = try scanner.string()
                case "reason": reason = try scanner.string()
                case "message": message = try scanner.string()
                case "lastTransitionTime": since = try scanner.null() ? nil : Timestamp(scanner.string())
                default: try scanner.skip()
                }
            }
            self.since = since
            (self.type, self.status, self.reason, self.message) = (type, status, reason, message)
        }
    }
}
