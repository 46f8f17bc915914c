import KubernetesModel
import SpiceTypes

extension SpicepodSet {
    /// One Deployment can run it: a single replica without state that nobody wants beside its successor for longer than the
    /// switch takes, and that needs no name of its own as nodes of a cluster do. 0 replicas decide nothing.
    var isSimple: Bool {
        let isRolling =
            switch spec.updateStrategy?.type ?? .rollingOrdered {
            case .rollingOrdered, .rollingParallel, .parallel: true
            case .blueGreen: false
            }
        return isRolling && spec.replicas ?? 1 <= 1 && spec.standbyVersion?.enabled != true
            && (spec.volumeClaimTemplates ?? []).isEmpty && spec.cluster == nil && metadata.labels?[LabelKey.cluster] == nil
    }
}

extension ObservedRollout {
    /// A Deployment that lives is kept for as long as the spec is simple. A new one takes `--adaptive-deployment`.
    var wantsDeployment: Bool {
        guard world.set.isSimple else { return false }
        guard let live = generation(.deployment).workloads.first?.deployment else { return isAdaptive && count > 0 }
        return live.canRoll
    }
}

extension World {
    /// A Deployment that says nothing of its version, since an earlier operator version made it, is taken to be as the spec has
    /// it: it goes on without a restart. Not so where the spec has changed since an operator last looked.
    func adopting(_ version: Version) -> World {
        if let seen = set.status?.observedGeneration, seen != set.metadata.generation { return self }
        var world = self
        for index in world.workloads.indices where world.workloads[index].deployment?.isTakenOver == false {
            world.workloads[index].version = world.workloads[index].version ?? version.short
        }
        return world
    }
}
