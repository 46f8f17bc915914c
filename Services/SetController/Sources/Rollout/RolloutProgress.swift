import KubernetesModel
import SpiceTypes

/// How far a rollout is, and for how long it has got no further.
extension Rollout {
    /// The rollout under way as the status tells it; nil when none is.
    func progress(since previous: RolloutStatus?, now: Timestamp) -> RolloutStatus? {
        guard !isComplete, !isPaused else { return nil }
        guard var progress = previous, progress.version == version.sha else {
            return RolloutStatus {
                $0.version = version.sha
                $0.startedAt = now.wholeSeconds
                $0.progressedAt = now.wholeSeconds
                $0.reachedReplicas = Int32(updatedReplicas)
            }
        }
        guard updatedReplicas > Int(progress.reachedReplicas ?? 0) else { return progress }
        // The most ever, not what is ready now: pods that crash and come back must not push the deadline away
        // (argoproj/argo-rollouts#3765).
        progress.reachedReplicas = Int32(updatedReplicas)
        progress.progressedAt = now.wholeSeconds
        return progress
    }
}

extension SpicepodSetStatus {
    /// How long until the rollout under way counts as stuck; nil when it does, or when none is under way.
    func deadline(of world: World) -> Duration? {
        guard let since = rollout?.progressedAt else { return nil }
        let left = Self.allowance(world.set.spec) - (world.now - since)
        return left > .zero ? left : nil
    }

    func isStuck(_ world: World) -> Bool { rollout != nil && deadline(of: world) == nil }

    static func allowance(_ spec: SpicepodSetSpec) -> Duration { .seconds(Int64(spec.progressDeadlineSeconds ?? 600)) }
}
