import KubernetesModel
import SpiceTypes

/// Where a set stands on the way to its wanted version, and the next steps.
struct Rollout: Sendable {
    let version: Version
    let replicas: [Replica]
    let steps: [RolloutStep]
    /// Workloads past the wanted number of replicas.
    let surplus: [ObservedWorkload]
    let cutoverThreshold: Int

    init(world: World, version: Version, names: ChildNames) {
        let spec = world.set.spec
        let count = max(0, Int(spec.replicas ?? 1))
        let byName = Dictionary(world.workloads.map { ($0.key.name, $0) }, uniquingKeysWith: { first, _ in first })
        let podsByOwner = Dictionary(grouping: world.pods, by: \.ownerUID)
        let replicas = (0..<count).map { ordinal in
            let workload = byName[names.statefulSet(ordinal)]
            return Replica(ordinal: ordinal, workload: workload, pods: workload.flatMap { podsByOwner[$0.uid] } ?? [])
        }
        let wanted = Set(replicas.compactMap(\.workload?.key))

        self.version = version
        self.replicas = replicas
        surplus = world.workloads.filter { !wanted.contains($0.key) }
        steps =
            switch spec.updateStrategy?.type ?? .rollingOrdered {
            case .rollingParallel:
                RollingParallel.steps(
                    replicas, to: version,
                    maxUnavailable: MaxUnavailable.resolve(spec.updateStrategy?.maxUnavailable, replicas: count))
            case .rollingOrdered, .blueGreen: RollingOrdered.steps(replicas, to: version)
            }
        let threshold = Int(spec.updateStrategy?.minReadyForCutover ?? 0)
        cutoverThreshold = threshold == 0 ? count : min(threshold, count)
    }

    var availableReplicas: Int { replicas.count(where: \.isAvailable) }
    var updatedReplicas: Int { replicas.count { $0.isSettled(version) } }
    var isPaused: Bool { replicas.isEmpty }

    /// Every replica runs the wanted version, and nothing is left over.
    var isComplete: Bool { replicas.allSatisfy { $0.isSettled(version) } && surplus.isEmpty }

    /// Ordinals whose StatefulSet is to be as the wanted version has it.
    var applied: [Int] {
        steps.compactMap { if case .apply(let ordinal) = $0 { ordinal } else { nil } }
    }

    var restarts: [ObservedPod] {
        steps.compactMap { if case .restart(_, let pod) = $0 { pod } else { nil } }
    }

    var removals: [Removal] {
        surplus.map { Removal(resource: .statefulSets, key: $0.key, uid: $0.uid) }
            + restarts.map { Removal(resource: .pods, key: $0.key, uid: $0.uid) }
    }

    /// A young pod often waits for a volume, a node or an image for a moment; that is no news yet.
    static let patience: Duration = .seconds(10)

    /// The first pod that says why it does not run or get ready.
    func trouble(now: Timestamp) -> (pod: String, trouble: ObservedPod.Trouble)? {
        for (pod, trouble) in troubled where (pod.createdAt.map { now - $0 } ?? Self.patience) >= Self.patience {
            return (pod.name, trouble)
        }
        return nil
    }

    /// When the trouble of a young pod becomes news.
    func troubleDue(now: Timestamp) -> Duration? {
        troubled.compactMap { pod, _ in pod.createdAt.map { Self.patience - (now - $0) } }.filter { $0 > .zero }.min()
    }

    private var troubled: [(ObservedPod, ObservedPod.Trouble)] {
        replicas.flatMap(\.pods).compactMap { pod in
            guard !pod.isReady, !pod.isTerminating, let trouble = pod.trouble else { return nil }
            return (pod, trouble)
        }
    }
}
