import KubernetesModel
import SpiceTypes

/// Without a readiness probe a pod is Ready the moment its container runs, also one that is about to crash. Taken for success, a
/// broken version would walk over all pods in moments at which each is Ready. So a rollout lets such a pod count only once its
/// container has run for a while.
enum Trial {
    /// A process that cannot work (its flags, its certificate, no scheduler) ends within a second or two. Longer would cost every
    /// pod of every rollout as much. Times have whole seconds: one of the five may be over already.
    static let time: Duration = .seconds(5)
}

extension ObservedPod {
    /// Ready for long enough to tell something.
    var isSteady: Bool { isAvailable && !isOnTrial }

    /// nil where nobody says since when it is Ready.
    fileprivate var trialEnd: Timestamp? { [readySince, startedAt].compactMap { $0 }.max().map { $0 + Trial.time } }

    fileprivate func tried(_ now: Timestamp) -> ObservedPod {
        var pod = self
        pod.isOnTrial = isAvailable && (trialEnd.map { $0 > now } ?? false)
        return pod
    }
}

extension World {
    /// With the pods marked that are on trial: none where a probe tells that a pod serves.
    func tried() -> World {
        guard !set.spec.hasProbes else { return self }
        var world = self
        world.pods = pods.map { $0.tried(now) }
        for index in orphans.indices { world.orphans[index].pod = orphans[index].pod.tried(now) }
        return world
    }
}

extension Rollout {
    var onTrial: Int { target.replicas.count(where: \.isOnTrial) }

    /// Until the next trial is over: nothing that could be watched tells of it.
    func trialDue(now: Timestamp) -> Duration? {
        target.replicas.flatMap(\.pods).filter(\.isOnTrial).compactMap { $0.trialEnd.map { $0 - now } }.min()
    }
}
