import KubernetesModel
import SpiceTypes

/// When a status is worth a write: at once where its meaning changed, after a while where only counts or words did.
///
/// A rollout of many pods changes the counts with every pod; writing each would cost more than the rollout itself.
enum StatusUrgency {
    static let settlingTime: Duration = .seconds(10)
    /// While a rollout is under way: its end, which is near, is written at once.
    static let rolloutTime: Duration = .seconds(60)

    /// How long to wait with writing `next` over `current`; nil where they are equal.
    /// - Parameter progressDeadline: progress that is not written down in time would seem to have come later than it did.
    static func delay(
        from current: SpicepodSetStatus?, to next: SpicepodSetStatus, now: Timestamp, progressDeadline: Duration = .seconds(600)
    ) -> Duration? {
        guard let current else { return .zero }
        guard current != next else { return nil }
        guard meaning(current) == meaning(next), let last = current.lastUpdated else { return .zero }
        let wait = next.rollout == nil ? settlingTime : min(rolloutTime, progressDeadline / 4)
        return max(.zero, wait - (now - last))
    }

    /// The status without counts, messages and times.
    private static func meaning(_ status: SpicepodSetStatus) -> SpicepodSetStatus {
        var status = status
        status.lastUpdated = nil
        status.replicas = nil
        status.readyReplicas = nil
        status.updatedReplicas = nil
        status.rollout?.progressedAt = nil
        status.rollout?.reachedReplicas = nil
        status.conditions = status.conditions?.map { condition in
            var condition = condition
            condition.message = ""
            return condition
        }
        return status
    }
}
