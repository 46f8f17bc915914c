import ControllerSimulation

/// Who took which pod away: what the promises of a rollout are measured by.
struct Ledger: Sendable {
    /// Pods that are as good as gone though they may still be Ready, and through whom.
    private(set) var doomed: [String: Actor] = [:]
    /// Workloads whose pod served, was taken away, and that have not served since.
    private(set) var down: [String: Actor] = [:]

    func isServing(_ pod: PodState) -> Bool { pod.isAvailable && doomed[pod.uid] == nil }

    /// - Parameter replicas: as the controller knew the set; what lies past them goes by the user's hand.
    /// - Returns: the pods that served before the change and do not any more, with the cause.
    mutating func take(_ change: Change, by actor: Actor, _ picture: Picture, replicas: Int) -> [(pod: PodState, cause: Actor)] {
        switch change {
        case .pod(let before, let after): return podChanged(before, after, actor)
        case .workload(let before?, let after): return workloadChanged(before, after, actor, picture, replicas)
        default: return []
        }
    }

    private mutating func podChanged(_ before: PodState?, _ after: PodState?, _ actor: Actor) -> [(pod: PodState, cause: Actor)] {
        if let after, after.isAvailable, doomed[after.uid] == nil { down[after.workload.text] = nil }
        defer { if after == nil, let before { doomed[before.uid] = nil } }
        guard let before, before.isAvailable, !(after?.isAvailable ?? false), doomed[before.uid] == nil else { return [] }
        let isRemoval = after?.isTerminating ?? true
        // what the cluster does without being asked to is nobody's deed
        let cause: Actor = !isRemoval || actor == .cluster ? .fault : actor
        down[before.workload.text] = cause
        return [(before, cause)]
    }

    private mutating func workloadChanged(
        _ before: WorkloadState, _ after: WorkloadState?, _ actor: Actor, _ picture: Picture, _ replicas: Int
    )
        -> [(pod: PodState, cause: Actor)]
    {
        guard after == nil else { return [] }
        guard !before.isOrphaning else { return [] }
        let cause: Actor = actor == .cluster || before.name.ordinal >= replicas ? .user : actor
        var lost: [(pod: PodState, cause: Actor)] = []
        for pod in picture.pods(of: before) {
            if isServing(pod) { lost.append((pod, cause)) }
            if doomed[pod.uid] == nil { doomed[pod.uid] = cause }
        }
        down[before.name.text] = lost.isEmpty ? nil : cause
        return lost
    }
}
