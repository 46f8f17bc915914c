import KubernetesModel
import SpiceTypes

/// Tells on the set what happens to it: one event a change, none for what stays as it was.
struct Narrator {
    let world: World
    /// The version that the spec describes.
    let asked: Version
    /// The version that is wanted.
    let record: VersionRecord
    let rollout: Rollout
    let status: SpicepodSetStatus

    func events() -> [PlannedEvent] {
        removals + [rollback, start, switching].compactMap { $0 } + restarts + departures
            + [warning, transition].compactMap { $0 }
    }

    private var version: Version { rollout.version }

    // MARK: Pods

    private var removals: [PlannedEvent] {
        guard !rollout.surplus.isEmpty else { return [] }
        let names = rollout.surplus.map(\.key.name).sorted().joined(separator: ", ")
        return [normal(.removingReplica, "Scale", "Scaling in to \(rollout.replicas.count): removing \(names).")]
    }

    private var restarts: [PlannedEvent] {
        rollout.restarts.map { pod in
            guard pod.version != version.short || !pod.awaitsFileSystem else { return VolumePlan.restarting(pod) }
            let change = VersionDifference.describe(from: pod.version, to: record, in: world)
            return normal(.restartingPod, "Rollout", "Restarting pod \(pod.name) for version \(version.short): \(change).")
        }
    }

    // MARK: Versions

    private var rollback: PlannedEvent? {
        let before = rollout.hadHold
        guard before != rollout.record.hold else { return nil }
        switch rollout.record.hold {
        case .holding(let from, let to):
            return normal(
                .rollingBack, "Rollout",
                "Rolling back to version \(to) as \(AnnotationKey.rollback) asks; version \(from) waits until the spec changes.")
        case .spent where before == .none:
            return PlannedEvent(
                isWarning: true, reason: .rollbackUnavailable, action: "Rollout",
                note: "\(AnnotationKey.rollback) is set, but no version is kept to go back to; enable standbyVersion, or apply "
                    + "the spec of the version wanted.")
        case .none, .spent: return nil
        }
    }

    /// A version follows another; the first one of a set is no news.
    private var start: PlannedEvent? {
        guard let progress = status.rollout, world.set.status?.rollout?.version != progress.version,
            let before = world.set.status?.activeVersion, before != version.sha
        else { return nil }
        let old = Version(sha: before)
        let change = VersionDifference.describe(from: old.short, to: record, in: world)
        return normal(
            .rolloutStarted, "Rollout",
            "Rolling out version \(version.short) in place of \(old.short) (\(rollout.strategy.rawValue)): \(change).")
    }

    private var switching: PlannedEvent? {
        guard let previous = rollout.previous else { return nil }
        let old = previous.phrase(before: rollout.target.id)
        let deployment = rollout.target.id == .deployment ? "the Deployment with " : ""
        return normal(
            .switchingTraffic, "Rollout",
            "Switching traffic from \(old) to \(deployment)version \(version.short): \(rollout.availableReplicas) of "
                + "\(rollout.replicas.count) pods ready.\(fate(previous, old))")
    }

    private func fate(_ previous: GenerationID, _ name: String) -> String {
        guard rollout.retirement.retired[previous] != nil else { return "" }
        if let standby = rollout.retirement.standby, standby.generation == previous {
            return " \(name.capitalizingFirst) is kept as standby until \(standby.expiresAt.text)."
        }
        return " The pods of \(name) stop in \(Retirement.drainTime.components.seconds) s."
    }

    private var departures: [PlannedEvent] {
        let workloads = rollout.retiredWorkloads.map { ($0.generation, $0.key.name) }
        let volumes = rollout.retiredClaims.compactMap { claim in claim.generation.map { ($0, claim.key.name) } }
        return Set((workloads + volumes).map(\.0)).sorted().map { id in
            let names = (workloads + volumes).filter { $0.0 == id }.map(\.1).sorted().joined(separator: ", ")
            let version = id.phrase(before: rollout.target.id)
            let belongings = volumes.contains { $0.0 == id } ? "\(version) with its volumes" : version
            return normal(.removingVersion, "Rollout", "Removing \(belongings) (\(names)).")
        }
    }

    // MARK: Conditions

    private var warning: PlannedEvent? { turned("Warning", isWarning: true) }

    /// What the Ready condition turned to.
    private var transition: PlannedEvent? {
        let isExpected = [Reason.ready.rawValue, Reason.paused.rawValue].contains(status.reason("Ready"))
        return status.reason("Ready") == Reason.progressing.rawValue ? nil : turned("Ready", isWarning: !isExpected)
    }

    private func turned(_ type: String, isWarning: Bool) -> PlannedEvent? {
        guard let now = status.conditions?.first(where: { $0.type == type }), world.set.status?.reason(type) != now.reason,
            let reason = Reason(rawValue: now.reason)
        else { return nil }
        return PlannedEvent(isWarning: isWarning, reason: reason, action: "Reconcile", note: now.message)
    }

    private func normal(_ reason: Reason, _ action: String, _ note: String) -> PlannedEvent {
        PlannedEvent(isWarning: false, reason: reason, action: action, note: note)
    }
}

extension String {
    fileprivate var capitalizingFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension SpicepodSetStatus {
    func reason(_ type: String) -> String? { conditions?.first { $0.type == type }?.reason }
}
