import SpiceTypes

/// What a rollout does next to a replica.
enum RolloutStep: Sendable, Hashable {
    /// Create the StatefulSet, or bring its template to the wanted version.
    case apply(ordinal: Int)
    /// Delete the pod, so that it comes back with the wanted version.
    case restart(ordinal: Int, pod: ObservedPod)

    var isRestart: Bool { if case .restart = self { true } else { false } }
}

/// Updates one pod at a time in ordinal order, each Ready before the next; the first rollout follows the same order.
///
/// Only a replica that is down comes out of turn: when the spec changes while a pod is being replaced, that pod gets the
/// newest version first. Taking a serving one down beside it would make two. One on trial may be down at any moment.
enum RollingOrdered {
    static func steps(_ replicas: [Replica], to version: String) -> [RolloutStep] {
        var steps: [RolloutStep] = []
        // trials spare the pods of the version before: a first rollout and a scale-out need not wait for them
        let hasOthersToLose = replicas.contains { $0.outdatedPod(version)?.isAvailable == true }
        for replica in replicas {
            // what is up to date is applied too: that is how drift is undone
            steps.append(.apply(ordinal: replica.ordinal))
            guard replica.isUpdated(to: version) else { return steps }
            if let pod = replica.outdatedPod(version) {
                if pod.isAvailable, let down = down(replicas, besides: replica, pod, version) {
                    return steps + [.apply(ordinal: down.ordinal)] + restart(down, version)
                }
                return steps + restart(replica, version)
            }
            guard replica.isSettled(version) || (replica.isOnTrial && !hasOthersToLose) else {
                return steps + upkeep(after: replica.ordinal, replicas, version)
            }
        }
        return steps
    }

    /// Another replica that is down, or may be in a moment, and keeps a pod that serves from being taken.
    private static func down(_ replicas: [Replica], besides replica: Replica, _ pod: ObservedPod, _ version: String) -> Replica? {
        let others = replicas.filter { $0.workload != nil && $0.ordinal != replica.ordinal }
        return others.first { !$0.isAvailable } ?? others.first { $0.isOnTrial && $0.outdatedPod(version) == nil }
            ?? (pod.isOnTrial ? nil : others.first { $0.isOnTrial })
    }

    /// A pod deleted before its controller knows the new template would come back as it was.
    private static func restart(_ replica: Replica, _ version: String) -> [RolloutStep] {
        guard let pod = replica.outdatedPod(version), replica.isUpdated(to: version), replica.workload?.isObserved == true else {
            return []
        }
        return [.restart(ordinal: replica.ordinal, pod: pod)]
    }

    /// Replicas behind the one being waited for that already have the wanted version stay under care.
    private static func upkeep(after ordinal: Int, _ replicas: [Replica], _ version: String) -> [RolloutStep] {
        replicas.filter { $0.ordinal > ordinal && $0.isUpdated(to: version) }.map { .apply(ordinal: $0.ordinal) }
    }
}

/// Updates as many pods at once as may be unavailable; those that are not ready come first and cost nothing. Those on trial may
/// be down at any moment: they count as unavailable and come before those that serve, but are not free.
enum RollingParallel {
    /// - Parameter maxUnavailable: at least 1, and one less than the replicas where there are several.
    static func steps(_ replicas: [Replica], to version: String, maxUnavailable: Int) -> [RolloutStep] {
        let outdated = replicas.compactMap { replica in replica.outdatedPod(version).map { (replica, $0) } }
        let ready = outdated.filter { $0.0.workload?.isObserved == true && $0.0.isUpdated(to: version) }
        let broken = ready.filter { !$0.1.isAvailable }
        let onTrial = ready.filter { $0.1.isOnTrial }
        let serving = ready.filter { $0.1.isSteady }
        let unavailable = replicas.count { !$0.isAvailable || ($0.isOnTrial && $0.outdatedPod(version) == nil) }
        let unsteady = replicas.count { !$0.isSteady }
        let restarts =
            broken + onTrial.prefix(max(0, maxUnavailable - unavailable)) + serving.prefix(max(0, maxUnavailable - unsteady))
        return replicas.map { .apply(ordinal: $0.ordinal) } + restarts.map { .restart(ordinal: $0.0.ordinal, pod: $0.1) }
    }
}
