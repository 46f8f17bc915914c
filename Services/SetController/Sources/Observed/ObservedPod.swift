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
    /// Why the pod does not run or get ready, from its containers or the scheduler.
    var trouble: Trouble?
    /// It has to start anew for a file system of its to grow.
    var awaitsFileSystem = false

    struct Trouble: Sendable, Hashable {
        var reason: String
        var message: String
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
        try scanner.forEachKey { key, scanner in
            switch key {
            case "phase": phase = try scanner.string()
            case "conditions":
                try scanner.forEachElement { scanner in
                    let condition = try PodCondition(scanning: &scanner)
                    if condition.type == "Ready" { isReady = condition.status == "True" }
                    if condition.type == "PodScheduled", condition.status == "False" {
                        scheduling = Trouble(reason: condition.reason, message: condition.message)
                    }
                }
            case "containerStatuses", "initContainerStatuses":
                try scanner.forEachElement { scanner in
                    let trouble = try ContainerTrouble(scanning: &scanner).trouble
                    waiting = waiting ?? trouble
                }
            default: try scanner.skip()
            }
        }
        trouble = waiting ?? scheduling
    }

    private struct PodCondition: JSONScannable {
        var type = ""
        var status = ""
        var reason = ""
        var message = ""

        init(scanning scanner: inout JSONScanner) throws {
            var (type, status, reason, message) = ("", "", "", "")
            try scanner.forEachKey { key, scanner in
                switch key {
                case "type": type = try scanner.string()
                case "status": status = try scanner.string()
                case "reason": reason = try scanner.string()
                case "message": message = try scanner.string()
                default: try scanner.skip()
                }
            }
            (self.type, self.status, self.reason, self.message) = (type, status, reason, message)
        }
    }

    private struct ContainerTrouble: JSONScannable {
        var trouble: Trouble?

        /// States in which every container begins.
        private static let ordinary: Set<String> = ["ContainerCreating", "PodInitializing"]

        init(scanning scanner: inout JSONScanner) throws {
            var (waiting, terminated, before) = (Trouble?.none, Trouble?.none, Trouble?.none)
            try scanner.forEachKey { key, scanner in
                switch key {
                case "state":
                    try scanner.forEachKey { state, scanner in
                        switch state {
                        case "waiting": waiting = try Self.read(&scanner)
                        case "terminated": terminated = try Self.read(&scanner)
                        default: try scanner.skip()
                        }
                    }
                case "lastState":
                    try scanner.forEachKey { state, scanner in
                        guard case "terminated" = state else { return try scanner.skip() }
                        before = try Self.read(&scanner)
                    }
                default: try scanner.skip()
                }
            }
            if let found = waiting, Self.ordinary.contains(found.reason) { waiting = nil }
            if terminated?.reason == "Completed" { terminated = nil }
            // Between two crashes a container runs for a moment: that is the same trouble still.
            trouble = waiting ?? terminated ?? before
        }

        private static func read(_ scanner: inout JSONScanner) throws -> Trouble {
            var trouble = Trouble(reason: "", message: "")
            try scanner.forEachKey { key, scanner in
                switch key {
                case "reason": trouble.reason = try scanner.string()
                case "message": trouble.message = try scanner.string()
                case "exitCode" where trouble.message.isEmpty: trouble.message = "exit code \(try scanner.int64())"
                default: try scanner.skip()
                }
            }
            return trouble
        }
    }
}
