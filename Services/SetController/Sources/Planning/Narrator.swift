import KubernetesModel
import SpiceTypes

/// Tells on the set what happens to it: one event a change, none for what stays as it was.
struct Narrator {
    let world: World
    let version: Version
    let rollout: Rollout
    let status: SpicepodSetStatus

    func events() -> [PlannedEvent] {
        removals + restarts + [transition].compactMap { $0 }
    }

    private var removals: [PlannedEvent] {
        guard !rollout.surplus.isEmpty else { return [] }
        let names = rollout.surplus.map(\.key.name).sorted().joined(separator: ", ")
        return [
            PlannedEvent(
                isWarning: false, reason: .removingReplica, action: "Scale",
                note: "Scaling in to \(rollout.replicas.count): removing \(names).")
        ]
    }

    private var restarts: [PlannedEvent] {
        rollout.restarts.map { pod in
            guard pod.version != version.short || !pod.awaitsFileSystem else { return VolumePlan.restarting(pod) }
            let change = VersionDifference.describe(from: pod.version, to: version, in: world)
            return PlannedEvent(
                isWarning: false, reason: .restartingPod, action: "Rollout",
                note: "Restarting pod \(pod.name) for version \(version.short): \(change).")
        }
    }

    /// What the Ready condition turned to.
    private var transition: PlannedEvent? {
        let before = world.set.status?.conditions?.first { $0.type == "Ready" }
        guard let now = status.conditions?.first(where: { $0.type == "Ready" }), before?.reason != now.reason,
            let reason = Reason(rawValue: now.reason)
        else { return nil }
        switch reason {
        case .progressing: return nil
        case .ready, .paused: return PlannedEvent(isWarning: false, reason: reason, action: "Reconcile", note: now.message)
        default: return PlannedEvent(isWarning: true, reason: reason, action: "Reconcile", note: now.message)
        }
    }
}
