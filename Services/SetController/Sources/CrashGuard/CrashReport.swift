import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// What the status and the events say of a verdict.
extension CrashGuard {
    func told(_ status: SpicepodSetStatus, _ world: World) -> SpicepodSetStatus {
        switch verdict {
        case .none, .pause, .resumed: return status
        case .stop: return told(status, world, ["Ready", "Progressing"], message(world))
        case .paused:
            var status = status
            status.pauseReason = Reason.crashLooping.rawValue
            return told(status, world, ["Ready", "Progressing", "Paused"], message(world))
        }
    }

    private func told(_ status: SpicepodSetStatus, _ world: World, _ types: [String], _ message: String) -> SpicepodSetStatus {
        var status = status
        status.conditions = status.conditions?.map { condition in
            guard types.contains(condition.type) else { return condition }
            return Condition(
                condition.type, condition.type == "Paused" ? .true : .false, reason: Reason.crashLooping.rawValue,
                message: message, observedGeneration: world.set.metadata.generation, after: world.set.status?.conditions,
                now: world.now)
        }
        return StatusBuilder.stamped(status, world)
    }

    private func message(_ world: World) -> String {
        let before = world.set.status?.conditions?.first { $0.type == "Paused" }
        // a version that has taken its place while the set is paused knows nothing of it
        if verdict == .paused, before?.reason == Reason.crashLooping.rawValue, ledger.isEmpty, let before { return before.message }
        let count = Int(ledger.score.rounded())
        let times = count == 0 ? "kept failing" : "failed \(count) times, more than \(threshold)"
        let last = ledger.last.map { "; last \($0.text)" } ?? ""
        let remedy =
            verdict == .stop
            ? "The version before serves on. Correct the spec to roll out again."
            : "Correct the cause, and set spec.replicas back to the wanted number of pods."
        let act = verdict == .stop ? "Version \(version.short) is stopped" : "The set is paused"
        return "\(act): pods of version \(version.short) \(times)\(last). \(remedy)"
    }

    /// Besides what the turn of the condition Ready tells.
    func events(_ world: World) -> [PlannedEvent] {
        switch verdict {
        case .none, .pause, .stop: return []
        case .resumed:
            return [
                PlannedEvent(
                    isWarning: false, reason: .resumed, action: "Pause",
                    note: "spec.replicas is \(world.set.spec.replicas ?? 1) again: pods start, and failures are counted anew.")
            ]
        case .paused:
            // a version that was stopped alone before said so with the same reason
            let wasStopped = world.set.status?.reason("Ready") == Reason.crashLooping.rawValue
            guard wasStopped, world.set.status?.pauseReason != Reason.crashLooping.rawValue else { return [] }
            return [PlannedEvent(isWarning: true, reason: .crashLooping, action: "Pause", note: message(world))]
        }
    }
}
