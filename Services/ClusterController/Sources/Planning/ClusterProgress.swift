import KubernetesModel
import SpiceTypes

/// What is going on in a cluster as a whole: schedulers first, then executors.
struct ClusterProgress {
    let schedulers: NodePlan
    let executors: NodePlan

    init(_ schedulers: NodePlan, _ executors: NodePlan) {
        self.schedulers = schedulers
        self.executors = executors
    }

    var verdict: StatusBuilder.Verdict {
        for nodes in [schedulers, executors] { if let stuck = stuck(nodes) { return stuck } }
        if schedulers.live == nil { return (.true, .creatingSchedulers, "SpicepodSet \(schedulers.name) is being made.") }
        guard executors.live != nil || executors.spec != nil else {
            return (.true, .waitingForSchedulers, "Executors start once a scheduler is ready: \(state(schedulers)).")
        }
        if NodePhase(schedulers) != .complete {
            let follow = executors.isHeldBack ? " Executors follow." : ""
            return (.true, reason(schedulers), "\(state(schedulers).capitalizingFirst).\(follow)")
        }
        if executors.isHeldBack {
            return (
                .true, .waitingForSchedulers, "Executors keep their version until the schedulers are settled: \(state(schedulers))."
            )
        }
        if NodePhase(executors) != .complete {
            return (.true, reason(executors), "\(state(executors).capitalizingFirst).")
        }
        return (.true, .complete, "All nodes run the wanted version.")
    }

    /// What a role is about.
    private func reason(_ nodes: NodePlan) -> Reason {
        switch NodePhase(nodes) {
        case .creating: .creating(nodes.role)
        case .upgrading: .upgrading(nodes.role)
        case .scaling: .scaling(nodes.role)
        case .complete: .nodesNotReady
        }
    }

    private func state(_ nodes: NodePlan) -> String {
        let version = nodes.wantedVersion.short
        return "\(nodes.updated) of \(nodes.role.count(nodes.wish)) ready with version \(version)"
    }

    /// The set does not get further by itself.
    private func stuck(_ nodes: NodePlan) -> StatusBuilder.Verdict? {
        guard let live = nodes.live, live.isJudged, let progress = live.condition("Progressing"), progress.status == .false,
            nodes.wish > 0
        else { return nil }
        let reason = Reason(rawValue: progress.reason) ?? .progressDeadlineExceeded
        return (.false, reason, "\(nodes.role.capitalizedNodes): \(progress.message)")
    }
}

extension String {
    var capitalizingFirst: String { prefix(1).uppercased() + dropFirst() }
}
