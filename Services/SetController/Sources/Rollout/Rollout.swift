import KubernetesModel
import SpiceTypes

/// Where a set stands on the way to its wanted version, and the next steps.
struct Rollout: Sendable {
    let version: Version
    let strategy: UpdateStrategyType
    /// Has the wanted version, or is to get it.
    let target: Generation
    /// Receives traffic from now on.
    let serving: Generation
    /// Received traffic until now, where the Service switches with this plan.
    let previous: GenerationID?
    let retirement: Retirement
    /// To be written down.
    let record: RolloutRecord
    let cutoverThreshold: Int
    let steps: [RolloutStep]
    /// Kept whole beside the target: what still serves, and the standby.
    let kept: [Generation]
    private let observed: ObservedRollout

    /// - Parameter hold: which version is wanted although the spec says another.
    init(_ observed: ObservedRollout, version: Version, hold: RollbackHold = .none) {
        let spec = observed.world.set.spec
        let target = observed.generation(observed.target(version))
        let threshold = Self.threshold(spec.updateStrategy, count: observed.count)
        let active = Self.active(observed, target, version, threshold)
        let retirement = Retirement(observed, active: active, target: target.id)
        let keptIDs = Set([active, retirement.standby?.generation].compactMap { $0 }).subtracting([target.id])

        self.observed = observed
        self.version = version
        self.target = target
        self.retirement = retirement
        strategy = spec.updateStrategy?.type ?? .rollingOrdered
        serving = active == target.id ? target : observed.generation(active)
        previous = active == observed.active ? nil : observed.active
        cutoverThreshold = threshold
        kept = keptIDs.sorted().map(observed.generation)
        record = RolloutRecord(active: active, retired: retirement.retired, hold: hold)
        steps = Self.isDraining(target, version, observed) ? [] : Self.steps(target, to: version, spec.updateStrategy)
    }

    /// `minReadyForCutover`: 0 is unset, and more than there are means all (page).
    private static func threshold(_ strategy: UpdateStrategy?, count: Int) -> Int {
        let wanted = Int(strategy?.minReadyForCutover ?? 0)
        return wanted == 0 ? count : min(wanted, count)
    }

    /// The Service switches once enough pods of the new generation are ready, and at once where nobody is served.
    private static func active(_ observed: ObservedRollout, _ target: Generation, _ version: Version, _ threshold: Int)
        -> GenerationID
    {
        guard let active = observed.active, active != target.id else { return target.id }
        let isStopped = observed.wasPaused && observed.generation(active).isEmpty
        let known = target.replicas.count { $0.isKnownAsSettled(version.short, at: observed.world.now) }
        return isStopped || known >= threshold ? target.id : active
    }

    /// Until pods that are ready count for the switch; nil where none is waited for.
    var cutoverDue: Duration? {
        guard serving.id != target.id else { return nil }
        let now = observed.world.now
        return target.replicas.compactMap { replica in
            guard let since = replica.settledSince(version.short), !replica.isKnownAsSettled(version.short, at: now) else {
                return nil
            }
            return since + Replica.announcementTime - now
        }.min()
    }

    /// A generation that was just switched away from is not rolled to another version before its connections are drained.
    private static func isDraining(_ target: Generation, _ version: Version, _ observed: ObservedRollout) -> Bool {
        guard let since = observed.record?.retired[target.id], target.workloads.contains(where: { $0.version != version.short })
        else { return false }
        return observed.world.now < since + Retirement.drainTime
    }

    private static func steps(_ target: Generation, to version: Version, _ strategy: UpdateStrategy?) -> [RolloutStep] {
        if target.id == .deployment { return target.replicas.isEmpty && target.workloads.isEmpty ? [] : [.apply(ordinal: 0)] }
        switch strategy?.type ?? .rollingOrdered {
        case .rollingParallel:
            let limit = MaxUnavailable.resolve(strategy?.maxUnavailable, replicas: target.replicas.count)
            return RollingParallel.steps(target.replicas, to: version.short, maxUnavailable: limit)
        case .blueGreen where target.id != .rolling:
            // all at once; what restarts later, for a file system, goes one by one
            let restarts = RollingOrdered.steps(target.replicas, to: version.short).filter(\.isRestart)
            return target.replicas.map { .apply(ordinal: $0.ordinal) } + restarts
        case .rollingOrdered, .parallel, .blueGreen: return RollingOrdered.steps(target.replicas, to: version.short)
        }
    }

    // MARK: What follows

    var hadHold: RollbackHold { observed.record?.hold ?? .none }

    var replicas: [Replica] { target.replicas }
    var isPaused: Bool { observed.count == 0 }
    var availableReplicas: Int { serving.available }
    var updatedReplicas: Int { target.settled(version.short) }

    /// Every replica runs the wanted version and receives traffic, and nothing is left over.
    var isComplete: Bool {
        serving.id == target.id && target.replicas.allSatisfy { $0.isSettled(version.short) } && surplus.isEmpty
    }

    /// Nothing is left to roll: what is not ready now has become so by itself.
    var isRolledOut: Bool {
        serving.id == target.id && surplus.isEmpty
            && target.replicas.allSatisfy { $0.isRolled(to: version.short) }
    }

    /// Workloads to be as their version has them, in this order.
    var applied: [WorkloadIntent] {
        let wanted = steps.compactMap { step -> WorkloadIntent? in
            guard case .apply(let ordinal) = step else { return nil }
            return WorkloadIntent(generation: target.id, ordinal: ordinal, version: version.short)
        }
        return wanted + kept.flatMap(upkeep)
    }

    /// What is kept is scaled and healed as it is: it may be all that serves.
    private func upkeep(_ generation: Generation) -> [WorkloadIntent] {
        // a Deployment that is on its way out and was deleted by hand is not made anew
        let fallback =
            generation.id == .deployment
            ? nil : generation.version ?? observed.world.set.status?.activeVersion.map { Version(sha: $0).short }
        return generation.replicas.compactMap { replica in
            (replica.workload?.version ?? fallback).map {
                WorkloadIntent(generation: generation.id, ordinal: replica.ordinal, version: $0)
            }
        }
    }

    var restarts: [ObservedPod] {
        steps.compactMap { if case .restart(_, let pod) = $0 { pod } else { nil } }
    }

    /// Workloads past the wanted number of replicas, of generations that stay.
    var surplus: [ObservedWorkload] { ([target] + kept).flatMap(\.surplus) }

    /// Workloads of generations that go.
    var retiredWorkloads: [ObservedWorkload] {
        let staying = Set(([target] + kept).map(\.id))
        return observed.world.workloads.filter {
            retirement.removed.contains($0.generation) || (isPaused && !staying.contains($0.generation))
        }
    }

    /// Pods that no StatefulSet will adopt: theirs was replaced and is not wanted any more.
    var strays: [ObservedOrphan] {
        let staying = Set([target.id, serving.id] + kept.map(\.id))
        let wanted = staying.flatMap { id in (0..<observed.count).map { observed.names.statefulSet($0, in: id) } }
        let adopting = Set(wanted + observed.world.workloads.map(\.key.name))
        return observed.world.orphans.filter {
            !adopting.contains($0.workload) && (isPaused || record.retired[$0.generation] == nil)
        }
    }

    /// Volumes of versions that go. A paused set keeps those it has to come back with.
    var retiredClaims: [ObservedClaim] {
        let staying = Set([target.id, serving.id] + kept.map(\.id) + record.retired.keys)
        return observed.world.versionClaims.filter { claim in
            !claim.isDeleting && claim.generation.map { !staying.contains($0) } ?? false
        }
    }

    var removals: [Removal] {
        (surplus + retiredWorkloads).map { Removal(resource: $0.resource, key: $0.key, uid: $0.uid) }
            + retiredClaims.map { Removal(resource: .persistentVolumeClaims, key: $0.key, uid: $0.uid) }
            + restarts.map { Removal(resource: .pods, key: $0.key, uid: $0.uid) }
            + strays.map { Removal(resource: .pods, key: $0.pod.key, uid: $0.pod.uid) }
    }

    /// Versions that something runs or may have to run again.
    var usedVersions: Set<String> {
        var used = Set(observed.world.workloads.compactMap(\.version) + observed.world.pods.compactMap(\.version))
        used.insert(version.short)
        // the last one that was complete can be gone back to
        if !isComplete, let last = observed.world.set.status?.activeVersion { used.insert(Version(sha: last).short) }
        used.formUnion(
            record.retired.keys.compactMap(\.version) + [retirement.standby?.version, record.active?.version].compactMap { $0 })
        return used
    }
}

/// A workload as it is to be.
struct WorkloadIntent: Sendable, Hashable {
    var generation: GenerationID
    var ordinal: Int
    /// The start of the version.
    var version: String
}
