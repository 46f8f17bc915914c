import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// Sums up a set's state in its status.
struct StatusBuilder {
    let world: World
    let version: Version
    let rollout: Rollout

    func status() -> SpicepodSetStatus {
        var status = Self.base(world)
        let total = rollout.replicas.count
        status.replicas = "\(rollout.availableReplicas)/\(total)"
        status.readyReplicas = Int32(rollout.availableReplicas)
        status.totalReplicas = Int32(total)
        status.updatedReplicas = Int32(rollout.updatedReplicas)
        status.pauseReason = rollout.isPaused ? Reason.replicasZero.rawValue : nil
        status.activeVersion = rollout.isComplete ? version.sha : world.set.status?.activeVersion ?? version.sha
        status.conditions = Self.conditions(
            world,
            [("Ready", ready), ("Progressing", progressing), ("Paused", paused)])
        return Self.stamped(status, world)
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
        status.conditions = stalled + (status.conditions ?? []).filter { $0.type == "Paused" || $0.type == "Warning" }
        return stamped(status, world)
    }

    // MARK: Conditions

    private typealias Verdict = (status: Condition.Status, reason: Reason, message: String)

    private var ready: Verdict {
        if rollout.isPaused { return (.false, .paused, "The set is paused: spec.replicas is 0.") }
        if rollout.isComplete { return (.true, .ready, "\(count) ready with version \(version.short).") }
        if let (pod, trouble) = rollout.trouble(now: world.now) {
            return (.false, Self.reason(trouble), "Pod \(pod): \(trouble.message.isEmpty ? trouble.reason : trouble.message)")
        }
        return isDegraded
            ? (.false, .podsNotReady, "\(rollout.availableReplicas) of \(count) ready.")
            : (.false, .progressing, "\(rollout.updatedReplicas) of \(count) ready with version \(version.short).")
    }

    /// The rollout was complete before, and nothing is left to do since: pods have become unready by themselves.
    private var isDegraded: Bool {
        let previous = world.set.status?.conditions?.first { $0.type == "Progressing" }
        return previous?.reason == Reason.rolloutComplete.rawValue && world.set.status?.activeVersion == version.sha
            && rollout.surplus.isEmpty
            && rollout.replicas.allSatisfy { $0.isUpdated(to: version) && $0.outdatedPod(version) == nil }
    }

    private var progressing: Verdict {
        if rollout.isComplete || isDegraded { return (.true, .rolloutComplete, "All pods run version \(version.short).") }
        return (.true, .rolloutInProgress, "\(rollout.updatedReplicas) of \(count) updated to version \(version.short).")
    }

    private var paused: Verdict {
        rollout.isPaused
            ? (.true, .replicasZero, "spec.replicas is 0; set it to the wanted number of pods to resume.")
            : (.false, .running, "The set is not paused.")
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
            $0.role = "<none>"
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
