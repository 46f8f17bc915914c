import ControllerSimulation

/// Who took which node away: what the promises of an upgrade are measured by.
struct Ledger: Sendable {
    /// Pods that are as good as gone though they may still be Ready.
    private var doomed: Set<String> = []
    /// Workloads whose pod served, was taken away, and that have not served since.
    private(set) var down: [String: Actor] = [:]

    /// - Parameter replicas: as set-controller knew the set; what lies past them goes by the user's hand.
    /// - Returns: the pods that served before the change and do not any more, with the cause.
    mutating func take(_ change: Change, by actor: Actor, _ picture: Picture, replicas: Int) -> [(pod: NodeState, cause: Actor)] {
        switch change {
        case .node(let before, let after): return nodeChanged(before, after, actor)
        case .workload(let before?, nil): return workloadGone(before, actor, picture, replicas)
        default: return []
        }
    }

    private mutating func nodeChanged(_ before: NodeState?, _ after: NodeState?, _ actor: Actor) -> [(pod: NodeState, cause: Actor)]
    {
        if let after, after.isAvailable, !doomed.contains(after.uid) { down[after.workload] = nil }
        defer { if after == nil, let before { doomed.remove(before.uid) } }
        guard let before, before.isAvailable, !(after?.isAvailable ?? false), !doomed.contains(before.uid) else { return [] }
        let isRemoval = after?.isTerminating ?? true
        // what the cluster does without being asked to is nobody's deed
        let cause: Actor = !isRemoval || actor == .cluster ? .fault : actor
        down[before.workload] = cause
        return [(before, cause)]
    }

    private mutating func workloadGone(_ before: WorkloadState, _ actor: Actor, _ picture: Picture, _ replicas: Int)
        -> [(pod: NodeState, cause: Actor)]
    {
        let cause: Actor = actor == .cluster || before.ordinal >= replicas ? .user : actor
        var lost: [(pod: NodeState, cause: Actor)] = []
        for pod in picture.nodes.values.sorted(by: { $0.name < $1.name }) where pod.workload == before.name {
            if pod.isAvailable, !doomed.contains(pod.uid) { lost.append((pod, cause)) }
            doomed.insert(pod.uid)
        }
        down[before.name] = lost.isEmpty ? nil : cause
        return lost
    }
}
