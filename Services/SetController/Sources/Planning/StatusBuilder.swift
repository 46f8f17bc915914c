import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// Sums up a set's state in its status.
struct StatusBuilder {
    let world: World
    let version: Version
    let rollout: Rollout
    var volumeWarnings: [VolumeWarning] = []

    func status() -> SpicepodSetStatus {
        var status = Self.base(world)
        let total = rollout.replicas.count
        status.rollout = isDegraded ? nil : rollout.progress(since: world.set.status?.rollout, now: world.now)
        status.replicas = "\(rollout.availableReplicas)/\(total)"
        status.readyReplicas = Int32(rollout.availableReplicas)
        status.totalReplicas = Int32(total)
        status.updatedReplicas = Int32(rollout.updatedReplicas)
        status.pauseReason = rollout.isPaused ? Reason.replicasZero.rawValue : nil
        status.activeVersion = activeVersion
        if rollout.isComplete, !rollout.isPaused { status.lastReadyVersion = version.sha }
        status.standbyVersion = rollout.retirement.standby.flatMap { full($0.version) }
        status.standbyExpiresAt = rollout.retirement.standby?.expiresAt.text
        status.conditions =
            Self.conditions(
                world,
                [("Ready", ready), ("Progressing", progressing(isStuck: status.isStuck(world))), ("Paused", paused)])
            + warning
        return Self.stamped(status, world)
    }

    /// The version that receives traffic. One that is rolled in place takes over when the last pod has it.
    private var activeVersion: String? {
        if let short = rollout.serving.id.version { return full(short) }
        let before = world.set.status?.activeVersion
        return rollout.isComplete ? version.sha : before ?? version.sha
    }

    private func full(_ short: String) -> String? {
        if short == version.short { return version.sha }
        return world.versions.lazy.compactMap(\.version).first { $0.short == short }?.sha ?? world.set.status?.activeVersion
    }

    /// A status that keeps what was known and says why nothing is done.
    static func stalled(_ world: World, _ reason: Reason, _ message: String) -> SpicepodSetStatus {
        var status = base(world)
        status.replicas = world.set.status?.replicas ?? "0/\(world.set.spec.replicas ?? 1)"
        status.readyReplicas = world.set.status?.readyReplicas ?? 0
        status.totalReplicas = world.set.status?.totalReplicas ?? 0
        status.updatedReplicas = world.set.status?.updatedReplicas ?? 0
        status.pauseReason = world.set.status?.pauseReason
        status.activeVersion = world.set.status?.activeVersion
        status.standbyVersion = world.set.status?.standbyVersion
        status.standbyExpiresAt = world.set.status?.standbyExpiresAt
        status.rollout = world.set.status?.rollout
        let isPaused = world.set.spec.replicas == 0
        status.conditions = conditions(
            world,
            [
                ("Ready", (.false, reason, message)), ("Progressing", (.false, reason, message)),
                (
                    "Paused",
                    isPaused ? (.true, .replicasZero, "spec.replicas is 0.") : (.false, .running, "The set is not paused.")
                ),
            ])
        return stamped(status, world)
    }

    /// The status of a plan that could not be performed in full.
    static func stalled(_ status: SpicepodSetStatus, _ world: World, _ reason: Reason, _ message: String) -> SpicepodSetStatus {
        var status = status
        let verdict: Verdict = (.false, reason, message)
        let stalled = conditions(world, [("Ready", verdict), ("Progressing", verdict)])
        status.activeVersion = world.set.status?.activeVersion ?? status.activeVersion
        status.conditions = stalled + (status.conditions ?? []).filter { $0.type != "Ready" && $0.type != "Progressing" }
        return stamped(status, world)
    }

    // MARK: Conditions

    private typealias Verdict = (status: Condition.Status, reason: Reason, message: String)

    private var ready: Verdict {
        if rollout.isPaused { return (.false, .paused, "The set is paused: spec.replicas is 0.") }
        if rollout.isComplete { return (.true, .ready, "\(count) ready with version \(version.short).\(held)") }
        if let (pod, trouble) = rollout.trouble(now: world.now) {
            return (.false, Self.reason(trouble), "Pod \(pod): \(trouble.message.isEmpty ? trouble.reason : trouble.message)")
        }
        return isDegraded
            ? (.false, .podsNotReady, "\(rollout.updatedReplicas) of \(count) ready\(onTrial).")
            : (.false, .progressing, "\(rollout.updatedReplicas) of \(count) ready with version \(version.short)\(onTrial).")
    }

    /// The rollout was complete before, and nothing is left to do since: pods have become unready by themselves.
    private var isDegraded: Bool {
        let previous = world.set.status?.conditions?.first { $0.type == "Progressing" }
        return previous?.reason == Reason.rolloutComplete.rawValue && world.set.status?.activeVersion == version.sha
            && rollout.isRolledOut
    }

    private func progressing(isStuck: Bool) -> Verdict {
        if rollout.isComplete || isDegraded {
            return (.true, .rolloutComplete, "All pods run version \(version.short).\(standby)\(held)")
        }
        let state = "\(rollout.updatedReplicas) of \(count) updated to version \(version.short)"
        guard isStuck else { return (.true, .rolloutInProgress, "\(state)\(beside).") }
        let stuck = "\(state), no further for \(world.set.spec.progressDeadlineSeconds ?? 600) s"
        guard let (pod, trouble) = rollout.trouble(now: world.now) else {
            return (.false, .progressDeadlineExceeded, "\(stuck): its pods do not get ready\(beside).")
        }
        return (
            .false, Self.reason(trouble),
            "\(stuck): pod \(pod): \(trouble.message.isEmpty ? trouble.reason : trouble.message)\(beside)"
        )
    }

    /// What serves while the wanted version is brought up beside it.
    private var beside: String {
        guard rollout.serving.id != rollout.target.id else { return "" }
        return "; \(rollout.serving.id.phrase(before: rollout.target.id)) receives traffic"
    }

    private var standby: String {
        rollout.retirement.standby.map { " Version \($0.version) is kept as standby until \($0.expiresAt.text)." } ?? ""
    }

    private var held: String {
        rollout.record.hold.isHolding ? " It is held by the annotation \(AnnotationKey.rollback) until the spec changes." : ""
    }

    /// What deserves a look although it works. The condition is there only while something does.
    private var warning: [Condition] {
        let warnings = volumeWarnings.map { ($0.reason, $0.message) } + [strategyRemoved].compactMap { $0 }
        guard let reason = warnings.first?.0 else { return [] }
        return Self.conditions(world, [("Warning", (.true, reason, warnings.map(\.1).joined(separator: " ")))])
    }

    private var strategyRemoved: (Reason, String)? {
        guard rollout.strategy == .parallel else { return nil }
        let message =
            "spec.updateStrategy.type: Parallel has been removed and works as RollingOrdered; "
            + "set RollingOrdered, or RollingParallel with maxUnavailable"
        return (.strategyRemoved, message)
    }

    private var paused: Verdict {
        rollout.isPaused
            ? (.true, .replicasZero, "spec.replicas is 0; set it to the wanted number of pods to resume.")
            : (.false, .running, "The set is not paused.")
    }

    private var onTrial: String {
        rollout.onTrial == 0 ? "" : "; \(rollout.onTrial) for less than \(Trial.time.components.seconds) s"
    }

    private var count: String { rollout.replicas.count == 1 ? "1 pod" : "\(rollout.replicas.count) pods" }

    /// The kubelet alternates between words for the same trouble with every attempt; one word keeps the condition still.
    private static func reason(_ trouble: ObservedPod.Trouble) -> Reason {
        switch trouble.reason {
        case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable": .imagePullBackOff
        case "CreateContainerConfigError", "CreateContainerError": .createContainerConfigError
        case "Unschedulable", "SchedulingGated", "SchedulerError": .unschedulable
        default: .crashLoopBackOff
        }
    }

    // MARK: Common parts

    private static func base(_ world: World) -> SpicepodSetStatus {
        SpicepodSetStatus {
            $0.observedGeneration = world.set.metadata.generation
            $0.role = world.set.spec.cluster?.role.rawValue ?? "<none>"
            $0.lastReadyVersion = world.set.status?.lastReadyVersion
            $0.selector = "\(LabelKey.spicepod)=\(ChildNames(set: world.set.metadata.name ?? "").labelValue)"
        }
    }

    private static func conditions(_ world: World, _ verdicts: [(type: String, verdict: Verdict)]) -> [Condition] {
        verdicts.map { type, verdict in
            Condition(
                type, verdict.status, reason: verdict.reason.rawValue, message: verdict.message,
                observedGeneration: world.set.metadata.generation, after: world.set.status?.conditions, now: world.now)
        }
    }

    /// `lastUpdated` moves only with something else, so that an unchanged state gives an equal status.
    static func stamped(_ status: SpicepodSetStatus, _ world: World) -> SpicepodSetStatus {
        var status = status
        status.lastUpdated = world.set.status?.lastUpdated
        if status != world.set.status { status.lastUpdated = world.now.wholeSeconds }
        return status
    }
}
