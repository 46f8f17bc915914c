public import KubernetesModel

extension Condition {
    /// What is the case now, after what was: the time of transition moves only with the status, so that an unchanged state gives
    /// an equal condition. It has whole seconds, as the API keeps them.
    public init(
        _ type: String, _ status: Status, reason: String, message: String, observedGeneration: Int64?, after previous: [Condition]?,
        now: Timestamp
    ) {
        let before = previous?.first { $0.type == type }
        let since = before.flatMap { $0.status == status ? $0.lastTransitionTime : nil } ?? now.wholeSeconds
        self.init(
            type: type, status: status, observedGeneration: observedGeneration, lastTransitionTime: since, reason: reason,
            message: message)
    }
}
