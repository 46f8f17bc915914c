import KubernetesModel
import SpiceTypes

/// When the executors' turn comes (upgrades page, zero downtime: schedulers upgrade first, then executors).
enum SchedulerGate {
    static func turn(after schedulers: NodePlan) -> NodePlan.Turn {
        NodePlan.Turn(mayStart: canBeDiscovered(schedulers), mayChange: schedulers.wish == 0 || isSettled(schedulers))
    }

    /// An executor that starts finds a scheduler, and none of a version that is about to go.
    private static func canBeDiscovered(_ schedulers: NodePlan) -> Bool {
        guard let live = current(schedulers) else { return false }
        return live.ready > 0 && live.updated >= live.ready
    }

    /// All schedulers have the wanted version, and were ready with it as a whole. One that fails later by itself does not hold
    /// the executors up for ever.
    private static func isSettled(_ schedulers: NodePlan) -> Bool {
        guard let live = current(schedulers), let version = live.specVersion, live.status.activeVersion == version,
            live.status.rollout == nil, live.status.totalReplicas == schedulers.wish
        else { return false }
        return live.status.lastReadyVersion == version || live.updated == schedulers.wish
    }

    /// The set as it is wanted, described by its status, and not stopped.
    private static func current(_ schedulers: NodePlan) -> ObservedSet? {
        guard let live = schedulers.live, !live.isDeleting, !live.isStopped, live.isJudged, schedulers.isAsWanted else {
            return nil
        }
        return live
    }
}
