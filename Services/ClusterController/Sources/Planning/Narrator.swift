import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// Tells on the cluster what happens to it: one event a change, none for what stays as it was.
struct Narrator {
    let world: World
    let schedulers: NodePlan
    let executors: NodePlan
    let status: SpicepodClusterStatus

    /// Of what is sent for a role.
    func done(_ nodes: NodePlan) -> [PlannedEvent] {
        [created(nodes), upgraded(nodes), resumed(nodes), takenBack(nodes)].compactMap { $0 }
    }

    /// Of what the status turned to.
    func news() -> [PlannedEvent] { [held, warning, stuck, transition].compactMap { $0 } }

    // MARK: What is done

    private func created(_ nodes: NodePlan) -> PlannedEvent? {
        guard nodes.live == nil, nodes.spec != nil else { return nil }
        return normal(.creating(nodes.role), "Create", "Making SpicepodSet \(nodes.name) with \(nodes.role.count(nodes.wish)).")
    }

    private func upgraded(_ nodes: NodePlan) -> PlannedEvent? {
        guard nodes.changesVersion, let spec = nodes.spec else { return nil }
        let old = nodes.live?.version.map { Version(sha: $0).short } ?? "an unknown one"
        let change = VersionChange.field(nodes.role, from: nodes.live?.spec, to: spec, named: nodes.name)
        let follow = nodes.role == .scheduler && executors.isHeldBack ? " Executors follow once they are done." : ""
        return normal(
            .upgrading(nodes.role), "Upgrade",
            "Upgrading \(nodes.role.count(nodes.wish)) from version \(old) to \(Version(sha: nodes.version).short): "
                + "\(change) changed.\(follow)")
    }

    private func resumed(_ nodes: NodePlan) -> PlannedEvent? {
        guard nodes.resumes else { return nil }
        return normal(.resumed, "Pause", "The \(nodes.role.nodes) were stopped and start again: \(nodes.role.field) has changed.")
    }

    private func takenBack(_ nodes: NodePlan) -> PlannedEvent? {
        guard nodes.takesBack, let live = nodes.live else { return nil }
        let changes = live.intruders.map { owner in
            "\(owner.fields.sorted().map { "spec.\($0)" }.joined(separator: ", ")) by \(owner.manager)"
        }
        return PlannedEvent(
            isWarning: true, reason: .changeTakenBack, action: "TakeBack",
            note: "SpicepodSet \(nodes.name) belongs to the cluster. What was written into it is taken back: "
                + "\(changes.joined(separator: "; ")). Write it into \(nodes.role.field) instead.")
    }

    // MARK: Conditions

    /// Only where no upgrade of the schedulers has told it.
    private var held: PlannedEvent? {
        guard let now = turned("Progressing"), now.reason == Reason.waitingForSchedulers.rawValue else { return nil }
        return normal(.waitingForSchedulers, "Upgrade", now.message)
    }

    private var stuck: PlannedEvent? {
        guard let now = turned("Progressing"), now.status == .false else { return nil }
        // the same is told of Ready
        guard status.reason("Ready") != now.reason else { return nil }
        return warned(now)
    }

    private var warning: PlannedEvent? { turned("Warning").flatMap(warned) }

    /// What the Ready condition turned to. That something goes on is no news; what began it was told.
    private var transition: PlannedEvent? {
        guard let now = turned("Ready"), let reason = Reason(rawValue: now.reason) else { return nil }
        switch reason {
        case .ready, .paused: return normal(reason, "Reconcile", now.message)
        case .creatingSchedulers, .creatingExecutors, .waitingForSchedulers, .upgradingSchedulers, .upgradingExecutors,
            .scalingSchedulers, .scalingExecutors:
            return nil
        case .certificatesNotReady where world.cluster.status?.reason("Ready") == nil: return nil
        default: return warned(now)
        }
    }

    private func turned(_ type: String) -> Condition? {
        guard let now = status.conditions?.first(where: { $0.type == type }), world.cluster.status?.reason(type) != now.reason
        else {
            return nil
        }
        return now
    }

    private func warned(_ condition: Condition) -> PlannedEvent? {
        Reason(rawValue: condition.reason).map {
            PlannedEvent(isWarning: true, reason: $0, action: "Reconcile", note: condition.message)
        }
    }

    private func normal(_ reason: Reason, _ action: String, _ note: String) -> PlannedEvent {
        PlannedEvent(isWarning: false, reason: reason, action: action, note: note)
    }
}

extension SpicepodClusterStatus {
    func reason(_ type: String) -> String? { conditions?.first { $0.type == type }?.reason }
}
