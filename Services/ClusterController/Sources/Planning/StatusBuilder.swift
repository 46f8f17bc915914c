import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// Sums up a cluster's state in our half of its status; the other half is cert-manager's.
struct StatusBuilder {
    let world: World
    let schedulers: NodePlan
    let executors: NodePlan

    typealias Verdict = (status: Condition.Status, reason: Reason, message: String)

    private var nodes: [NodePlan] { [schedulers, executors] }

    func status() -> SpicepodClusterStatus {
        var status = SpicepodClusterStatus()
        status.observedGeneration = world.cluster.metadata.generation
        status.schedulerSpicepodsetName = schedulers.name
        status.executorSpicepodsetName = executors.spec == nil ? nil : executors.name
        status.schedulerReadyReplicas = schedulers.ready
        status.executorReadyReplicas = executors.ready
        status.schedulers = counts(schedulers)
        status.executors = counts(executors)
        status.conditions = Self.conditions(
            world,
            [("Ready", ready), ("Progressing", ClusterProgress(schedulers, executors).verdict), ("Paused", paused)] + warning)
        return status
    }

    private func counts(_ nodes: NodePlan) -> ClusterNodeCounts {
        ClusterNodeCounts {
            $0.ready = nodes.ready
            $0.desired = nodes.wish
            $0.updated = nodes.updated
        }
    }

    // MARK: Conditions

    private var ready: Verdict {
        if let stopped = nodes.first(where: \.keepsPause) { return (.false, .crashLooping, Self.stopped(stopped)) }
        if let empty = nodes.first(where: { $0.wish == 0 }) {
            return (.false, .paused, "The \(empty.role.nodes) are paused: \(empty.role.field).replicas is 0.")
        }
        if let certificates { return certificates }
        for nodes in nodes { if let trouble = trouble(nodes) { return trouble } }
        // with the versions: the event of one upgrade is not that of the one before
        let ready = nodes.map { "\($0.role.count($0.wish)) with version \($0.wantedVersion.short)" }
        return (.true, .ready, "\(ready.joined(separator: " and ")) ready.")
    }

    /// What keeps the nodes from trusting each other; nil where nothing does.
    private var certificates: Verdict? {
        guard world.cluster.spec.allowInsecureConnections != true else { return nil }
        let condition = world.cluster.status?.conditions?.first { $0.type == "CertificatesReady" }
        if condition?.status == .true { return nil }
        return (.false, .certificatesNotReady, condition?.message ?? "cert-manager has not issued the cluster's certificates yet.")
    }

    private func trouble(_ nodes: NodePlan) -> Verdict? {
        let judged = !nodes.isAsWanted || nodes.live?.isJudged != true ? nil : nodes.live?.condition("Ready")
        if judged?.status == .true { return nil }
        guard let ready = judged, ready.reason != "Progressing" else {
            // while it goes on, how far all of them are says more
            let progress = ClusterProgress(schedulers, executors).verdict
            return (.false, progress.reason == .complete ? .nodesNotReady : progress.reason, progress.message)
        }
        return (
            .false, Reason(rawValue: ready.reason) ?? .nodesNotReady, "\(nodes.role.capitalizedNodes): \(ready.message)"
        )
    }

    private var paused: Verdict {
        let stopped = nodes.filter(\.keepsPause)
        let empty = nodes.filter { $0.wish == 0 }
        let messages =
            stopped.map(Self.stopped)
            + empty.map { "\($0.role.field).replicas is 0; set it to the wanted number of \($0.role.nodes) to resume." }
        if messages.isEmpty { return (.false, .running, "The cluster is not paused.") }
        return (.true, stopped.isEmpty ? .replicasZero : .crashLooping, messages.joined(separator: " "))
    }

    private static func stopped(_ nodes: NodePlan) -> String {
        let cause = nodes.live?.condition("Paused").flatMap { $0.status == .true ? $0.message : nil }
        let told = cause ?? "SpicepodSet \(nodes.name) is paused: its pods kept failing."
        return "The \(nodes.role.nodes) are stopped. \(told) To resume, correct \(nodes.role.field), or set "
            + "\(nodes.role.field).replicas to 0 and back."
    }

    /// What deserves a look although it works. The condition is there only while something does.
    private var warning: [(String, Verdict)] {
        let warnings = ClusterWarnings.of(world.cluster) + nodes.compactMap(Self.warning)
        guard let reason = warnings.first?.reason else { return [] }
        return [("Warning", (.true, reason, warnings.map(\.message).joined(separator: " ")))]
    }

    private static func warning(_ nodes: NodePlan) -> ClusterWarnings.Warning? {
        guard let warning = nodes.live?.condition("Warning"), warning.status == .true else { return nil }
        return (.nodeWarning, "\(nodes.role.capitalizedNodes): \(warning.message)")
    }

    // MARK: What was not done

    /// A status that keeps what was known and says why nothing, or not everything, is done.
    static func stalled(_ status: SpicepodClusterStatus, _ world: World, _ reason: Reason, _ message: String)
        -> SpicepodClusterStatus
    {
        var status = status.topology
        status.observedGeneration = world.cluster.metadata.generation
        let verdict: Verdict = (.false, reason, message)
        let others = (status.conditions ?? []).filter { !["Ready", "Progressing"].contains($0.type) }.map { condition in
            var condition = condition
            condition.observedGeneration = world.cluster.metadata.generation
            return condition
        }
        status.conditions = conditions(world, [("Ready", verdict), ("Progressing", verdict)]) + others
        return status
    }

    private static func conditions(_ world: World, _ verdicts: [(type: String, verdict: Verdict)]) -> [Condition] {
        verdicts.map { type, verdict in
            Condition(
                type, verdict.status, reason: verdict.reason.rawValue, message: verdict.message,
                observedGeneration: world.cluster.metadata.generation, after: world.cluster.status?.conditions, now: world.now)
        }
    }
}

extension SpicepodClusterStatus {
    /// Without cert-manager's half.
    var topology: SpicepodClusterStatus {
        var status = self
        status.rootCertificateReady = nil
        status.rootCertificateSecretName = nil
        status.rootCertificateExpiresAt = nil
        let ours = ["Ready", "Progressing", "Paused", "Warning"]
        // in a fixed order: the API server keeps that of the first writer
        status.conditions = ours.compactMap { type in conditions?.first { $0.type == type } }
        return status
    }
}
