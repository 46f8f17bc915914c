import JSON
import KubernetesModel

/// What counts of a container's status.
struct ContainerStatus: JSONScannable {
    /// Why it does not run, or did not a moment ago.
    var trouble: ObservedPod.Trouble?
    var restarts = 0
    /// nil while it does not run.
    var startedAt: Timestamp?
    /// How it ended last; nil while it has not.
    var end: ObservedPod.Termination?

    /// States in which every container begins.
    private static let ordinary: Set<String> = ["ContainerCreating", "PodInitializing"]

    init(scanning scanner: inout JSONScanner) throws {
        var (waiting, terminated, before) = (
            ObservedPod.Trouble?.none, ObservedPod.Termination?.none, ObservedPod.Termination?.none
        )
        var restarts = 0
        var startedAt: Timestamp?
        try scanner.forEachKey { key, scanner in
            switch key {
            case "restartCount": restarts = Int(clamping: try scanner.int64())
            case "state":
                try scanner.forEachKey { state, scanner in
                    switch state {
                    case "waiting": waiting = try Self.waiting(&scanner)
                    case "running": startedAt = try Self.start(&scanner)
                    case "terminated": terminated = try Self.termination(&scanner)
                    default: try scanner.skip()
                    }
                }
            case "lastState":
                try scanner.forEachKey { state, scanner in
                    guard case "terminated" = state else { return try scanner.skip() }
                    before = try Self.termination(&scanner)
                }
            default: try scanner.skip()
            }
        }
        self.restarts = restarts
        self.startedAt = startedAt
        end = terminated ?? before
        if let found = waiting, Self.ordinary.contains(found.reason) { waiting = nil }
        if terminated?.reason == "Completed" { terminated = nil }
        // Between two crashes a container runs for a moment: that is the same trouble still.
        trouble = waiting ?? (terminated ?? before).map(Self.trouble)
    }

    private static func trouble(_ end: ObservedPod.Termination) -> ObservedPod.Trouble {
        ObservedPod.Trouble(reason: end.reason, message: end.message.isEmpty ? "exit code \(end.exitCode)" : end.message)
    }

    private static func start(_ scanner: inout JSONScanner) throws -> Timestamp? {
        var start: Timestamp?
        try scanner.forEachKey { key, scanner in
            guard case "startedAt" = key else { return try scanner.skip() }
            start = try scanner.null() ? nil : Timestamp(scanner.string())
        }
        return start
    }

    private static func waiting(_ scanner: inout JSONScanner) throws -> ObservedPod.Trouble {
        var trouble = ObservedPod.Trouble(reason: "", message: "")
        try scanner.forEachKey { key, scanner in
            switch key {
            case "reason": trouble.reason = try scanner.string()
            case "message": trouble.message = try scanner.string()
            default: try scanner.skip()
            }
        }
        return trouble
    }

    private static func termination(_ scanner: inout JSONScanner) throws -> ObservedPod.Termination {
        var end = ObservedPod.Termination()
        try scanner.forEachKey { key, scanner in
            switch key {
            case "reason": end.reason = try scanner.string()
            case "message": end.message = PodFailure.line(try scanner.string())
            case "exitCode": end.exitCode = try scanner.int64()
            default: try scanner.skip()
            }
        }
        return end
    }
}
