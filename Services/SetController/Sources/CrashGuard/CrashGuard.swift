import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// Judges whether a version fails too often to be let run on, and what is done about it.
///
/// Everything is told anew from objects in every reconcile: the ledgers, the spec, and the status for the one thing they cannot
/// tell, that it was us who set the replicas to 0.
struct CrashGuard: Sendable {
    enum Verdict: Sendable, Hashable {
        case none
        /// Nothing else serves: the set is to be paused.
        case pause
        /// The set is paused for this.
        case paused
        /// Somebody has set the replicas back: what was counted is forgotten.
        case resumed
        /// Another version serves: only the pods of this one are stopped, until the spec describes another.
        case stop
    }

    let verdict: Verdict
    let changes: [LedgerChange]
    /// When to look again although nothing changes: neither events nor health announce themselves.
    let lookAgain: Duration?
    let version: Version
    let threshold: Int
    let ledger: CrashLedger
    private let observed: World

    /// - Parameters:
    ///   - version: the wanted one.
    ///   - serving: the generation that the Service selects.
    ///   - threshold: failures that are too many when exceeded; 0 is off.
    init(_ world: World, version: Version, serving: GenerationID?, threshold: Int) {
        let isPaused = world.set.spec.replicas == 0
        let wasPaused = world.set.status?.pauseReason == Reason.crashLooping.rawValue
        let pods = Dictionary(grouping: world.pods + world.departed, by: { $0.version ?? "" })

        var ledgers: [String: CrashLedger] = [:]
        var changes: [LedgerChange] = []
        for known in world.versions {
            guard let short = known.version?.short else { continue }
            var ledger = CrashLedger(annotation: known.failures)
            if threshold == 0 || (wasPaused && !isPaused) {
                ledger = CrashLedger()
            } else if !isPaused {
                ledger = ledger.advanced(by: pods[short] ?? [], failures: world.failures, now: world.now)
            }
            ledgers[short] = ledger
            guard ledger.annotation != known.failures else { continue }
            changes.append(LedgerChange(key: known.key, uid: known.uid, text: ledger.annotation))
        }
        let tooMany = Set(ledgers.filter { $0.value.score > Double(threshold) }.keys)

        self.changes = changes
        self.version = version
        self.threshold = threshold
        observed = world
        ledger = ledgers[version.short] ?? CrashLedger()
        if isPaused {
            verdict = wasPaused || tooMany.contains(version.short) ? .paused : .none
        } else if wasPaused {
            verdict = .resumed
        } else if !tooMany.contains(version.short) {
            verdict = .none
        } else {
            verdict = Self.fallback(world, serving, besides: tooMany) ? .stop : .pause
        }
        let isWatching = threshold > 0 && !isPaused && world.pods.contains(where: \.isFailing)
        lookAgain =
            ledgers.compactMap { $0.value.nextDecay(pods[$0.key] ?? [], now: world.now) }.min().map {
                isWatching ? min($0, FailureEvents.period) : $0
            } ?? (isWatching ? FailureEvents.period : nil)
    }

    /// Whether the Service has pods of a version that does not fail too often. That they are ready at this moment is not asked:
    /// a node that restarts must not take the rest of the set down.
    private static func fallback(_ world: World, _ serving: GenerationID?, besides failing: Set<String>) -> Bool {
        let workloads = world.workloads.filter { $0.generation == serving }
        let pods = Dictionary(grouping: world.pods.filter { !$0.isTerminating }, by: { $0.ownerUID ?? "" })
        return workloads.contains { workload in
            let pods = pods[workload.uid] ?? []
            // a pod that an earlier operator version made carries no label that would show it
            if let deployment = workload.deployment, deployment.replicas > pods.count { return true }
            let versions = pods.isEmpty ? [workload.version] : pods.map(\.version)
            return versions.contains { version in version.map { !failing.contains($0) } ?? false }
        }
    }

    /// The world to plan with: no traffic goes to pods that are to be stopped, ready as they may be for a moment.
    var world: World {
        guard verdict == .stop else { return observed }
        var world = observed
        for index in world.pods.indices where world.pods[index].version == version.short { world.pods[index].isReady = false }
        return world
    }

    /// Takes the pods of a stopped version out of the plan, and what would make more of them.
    func enforce(on plan: inout SetPlan) {
        plan.ledgers = changes
        plan.pauses = verdict == .pause
        if let lookAgain { plan.lookAgain = min(lookAgain, plan.lookAgain ?? lookAgain) }
        guard verdict == .stop else { return }
        plan.apply.removeAll {
            $0.resource == .statefulSets
                && $0.object[path: "spec", "template", "metadata", "labels"]?[LabelKey.version]?.stringValue == version.short
        }
        plan.delete.removeAll { $0.resource == .pods }
        plan.events.removeAll { $0.reason == .restartingPod }
        // a Deployment keeps the pod before until the new one is ready
        for workload in observed.workloads where workload.version == version.short && workload.deployment == nil {
            // it has the new template, and its pod is still of the version before
            let serves = observed.pods.contains {
                $0.ownerUID == workload.uid && $0.version != version.short && !$0.isTerminating
            }
            let removal = Removal(resource: .statefulSets, key: workload.key, uid: workload.uid)
            if !serves, !plan.delete.contains(removal) { plan.delete.append(removal) }
        }
    }
}
