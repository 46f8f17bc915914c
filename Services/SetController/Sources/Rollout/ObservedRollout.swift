import KubernetesModel
import SpiceTypes

/// Where a set's rollouts stand, before anything is decided.
struct ObservedRollout: Sendable {
    let world: World
    let names: ChildNames
    /// How many pods each generation is to have.
    let count: Int
    /// nil where it was lost, or nothing was written yet.
    let record: RolloutRecord?
    /// The generation that receives traffic; nil before the first.
    let active: GenerationID?
    /// `--adaptive-deployment`
    let isAdaptive: Bool
    private let workloads: [GenerationID: [ObservedWorkload]]
    private let pods: [String: [ObservedPod]]
    private let orphans: [String: ObservedPod]

    init(_ world: World, _ names: ChildNames, adaptiveDeployment: Bool) {
        let world = world.tried()
        isAdaptive = adaptiveDeployment
        self.world = world
        self.names = names
        workloads = Dictionary(grouping: world.workloads, by: \.generation)
        pods = Dictionary(grouping: world.pods, by: { $0.ownerUID ?? "" })
        orphans = Dictionary(world.orphans.map { ($0.workload, $0.pod) }, uniquingKeysWith: { first, _ in first })
        count = max(0, Int(world.set.spec.replicas ?? 1))
        record = RolloutRecord(annotation: world.services.first { $0.key.name == names.headlessService }?.rollout)
        let service = world.services.first { $0.key.name == names.service }
        let isForeign = service?.selectsByForeignLabels == true && world.workloads.contains { $0.generation == .deployment }
        active = (isForeign ? .deployment : service?.selected) ?? record?.active ?? Self.remembered(world)
    }

    /// Without Service and record the status tells.
    private static func remembered(_ world: World) -> GenerationID? {
        let short = world.set.status?.activeVersion.map { Version(sha: $0).short }
        let living = Set(world.workloads.map(\.generation))
        if let short, living.contains(.versioned(short)) { return .versioned(short) }
        // A Deployment that lives has a pod: it is safe where nothing else is known.
        return [.deployment, .rolling].first(where: living.contains)
    }

    func generation(_ id: GenerationID) -> Generation {
        Generation(id, workloads[id] ?? [], pods: pods, orphans: orphans, names: names, count: count)
    }

    /// Every generation that has workloads.
    var living: Set<GenerationID> { Set(workloads.keys) }

    /// What is to be rolled out for the version that the spec describes.
    func wanted(_ asked: Version) -> (version: Version, hold: RollbackHold) {
        let before = record?.hold ?? .none
        let hold = before.next(
            isAsked: world.set.metadata.annotations?[AnnotationKey.rollback] == "true", spec: asked.short,
            current: current(besides: asked), standby: standby(among: record?.retired ?? [:])?.version)
        guard case .holding(_, let short) = hold else { return (asked, hold) }
        // without its record a version cannot be told from the spec's
        let held = world.versions.lazy.compactMap(\.version).first { $0.short == short }
        return held.map { ($0, hold) } ?? (asked, .spent)
    }

    /// The version that receives traffic, where it is not the one asked for. One that never got ready is nothing to go back to.
    private func current(besides version: Version) -> String? {
        let short = active?.version ?? world.set.status?.activeVersion.map { Version(sha: $0).short }
        guard let short, short != version.short, hasServed(short) else { return nil }
        return short
    }

    private func hasServed(_ short: String) -> Bool {
        world.set.status?.lastReadyVersion.map { Version(sha: $0).short } == short
            || active.map { generation($0).settled(short) > 0 } ?? false
    }

    /// The set was stopped as a whole: that nothing runs is no accident.
    var wasPaused: Bool { world.set.status?.pauseReason != nil }

    /// The generation that has the wanted version, or is to get it. A version that has begun to run is finished where it began,
    /// whatever the strategy says by now; a new one takes the layout of the strategy.
    func target(_ version: Version) -> GenerationID {
        if wantsDeployment { return .deployment }
        let own = GenerationID.versioned(version.short)
        if own == active || living.contains(own) || record?.retired[own] != nil { return own }
        if living.contains(.rolling), generation(.rolling).holds(version.short) { return .rolling }
        return .new(version, in: world.set.spec)
    }
}
