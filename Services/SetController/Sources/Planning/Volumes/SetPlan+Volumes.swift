import ControllerRuntime
import KubernetesModel
import SpiceTypes

extension ClaimOwner {
    /// Every StatefulSet of a set, with the claim templates of its spec.
    static func all(in world: World) -> [ClaimOwner] {
        guard let templates = world.set.spec.volumeClaimTemplates, !templates.isEmpty else { return [] }
        return world.workloads.sorted { $0.key < $1.key }.map { ClaimOwner(workload: $0, templates: templates) }
    }
}

extension World {
    func marking(_ restarts: Set<String>) -> World {
        guard !restarts.isEmpty else { return self }
        var world = self
        for index in world.pods.indices where restarts.contains(world.pods[index].name) { world.pods[index].awaitsFileSystem = true }
        return world
    }
}

extension SetPlan {
    /// What volumes need beside the rollout: growing, and the condition `Warning`, which is there only while something is amiss.
    mutating func include(_ volumes: VolumePlan, _ world: World) {
        apply += volumes.apply
        events += volumes.events
        if let delay = volumes.lookAgain { lookAgain = min(delay, lookAgain ?? delay) }
        guard let first = volumes.warnings.first else { return }
        let before = world.set.status?.conditions
        let warning = Condition(
            "Warning", .true, reason: first.reason.rawValue, message: volumes.warnings.map(\.message).joined(separator: " "),
            observedGeneration: world.set.metadata.generation, after: before, now: world.now)
        if before?.first(where: { $0.type == "Warning" })?.reason != warning.reason {
            events.append(PlannedEvent(isWarning: true, reason: first.reason, action: "Resize", note: warning.message))
        }
        status.conditions = (status.conditions ?? []) + [warning]
        status = StatusBuilder.stamped(status, world)
    }
}

extension VolumePlan {
    static func restarting(_ pod: ObservedPod) -> PlannedEvent {
        PlannedEvent(
            isWarning: false, reason: .restartingForFileSystem, action: "Resize",
            note: "Restarting pod \(pod.name): its volume has grown, and the file system grows when the pod starts.")
    }
}
