import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Whatever users, kubelets and controllers do in whatever order: RollingOrdered never has more than one pod down by its own
/// hand, RollingParallel never takes a serving pod past `maxUnavailable`, and both arrive.
@Suite struct RandomRolloutTests {
    @Test(arguments: 0..<8)
    func keepsItsPromises(block: UInt64) throws { Self.play((block * 500)..<(block * 500 + 500)) { _ in } }

    /// Executors are Ready until they crash: one of a version that does so is never taken for one that serves.
    @Test(arguments: 0..<8)
    func alsoWithoutProbes(block: UInt64) throws {
        Self.play((block * 500)..<(block * 500 + 500)) { $0.becomeExecutors() }
    }

    private static func play(_ seeds: Range<UInt64>, _ prepare: (inout RandomRollout) -> Void) {
        for seed in seeds {
            var run = RandomRollout(seed: seed)
            prepare(&run)
            for _ in 0..<60 { run.step() }
            let converged = run.converge()
            #expect(run.broken == nil, "seed \(seed)")
            #expect(converged, "seed \(seed)")
            guard run.broken == nil, converged else { return }
        }
    }
}

private struct RandomRollout {
    private var random: SeededRandom
    private var set = Sample.set()
    private var version = Self.version(0)
    private var fleet = Fleet()
    /// Replicas that served when their pod was deleted, and have not served since.
    private var downByUs: Set<String> = []
    private let names = ChildNames(set: "demo")
    private var now = Sample.now
    /// The version whose pods end a few seconds after they got ready, whenever they do.
    private var crashing: Version?
    /// The first promise that was not kept.
    private(set) var broken: String?

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        set.spec.replicas = Int32(1 + random.below(5))
        set.spec.updateStrategy = UpdateStrategy { $0.type = .rollingOrdered }
    }

    mutating func becomeExecutors() {
        set.spec.cluster = ClusterMembership()
        set.spec.cluster?.role = .executor
        set.spec.spicepod = nil
        crashing = Self.version(3)
    }

    private func serves(_ pod: ObservedPod) -> Bool { pod.isAvailable && pod.version != crashing?.short }

    private var serving: [String] { fleet.ownedPods.filter(serves).map(\.name) }

    /// A moment passes.
    private mutating func pass() {
        now = now + .milliseconds(300)
        for pod in fleet.pods where pod.isReady && pod.version == crashing?.short {
            if let since = pod.readySince, now - since > .seconds(3) { fleet.setReady(pod.name, false) }
        }
    }

    /// What got ready has been so since now.
    private mutating func date() {
        for pod in fleet.pods where pod.isReady != (pod.readySince != nil) {
            fleet.setReadySince(pod.name, pod.isReady ? now : nil)
        }
    }

    mutating func step() {
        pass()
        date()
        switch random.below(24) {
        case 0: set.spec.replicas = Int32(random.below(6))
        case 1, 2: version = Self.version(random.below(4))
        case 3: changeStrategy()
        case 4: if let pod = pick() { fleet.setReady(pod, false) }
        case 5...8: if let pod = pick() { fleet.setReady(pod) }
        case 9...11: if let pod = pick() { fleet.finishStopping(pod) }
        case 12...15: if let workload = fleet.workloads.randomElement(using: &random) { fleet.sync(workload.key.name) }
        default: reconcile()
        }
        // what a crashing version gets to within its moments of readiness takes controllers that are quick
        if crashing != nil {
            for pod in fleet.pods { fleet.finishStopping(pod.name) }
            for workload in fleet.workloads { fleet.sync(workload.key.name) }
        }
        date()
        downByUs.subtract(serving)
        downByUs.formIntersection(fleet.workloads.map { "\($0.key.name)-0" })
    }

    private mutating func changeStrategy() {
        let choices: [IntOrString] = [.int(1), .int(2), .int(9), .string("30%"), .string("60%")]
        let (parallel, limit) = (random.below(2) == 0, choices.randomElement(using: &random))
        set.spec.updateStrategy = UpdateStrategy {
            $0.type = parallel ? .rollingParallel : .rollingOrdered
            $0.maxUnavailable = limit
        }
    }

    private mutating func pick() -> String? { fleet.pods.randomElement(using: &random)?.name }

    private var rollout: Rollout {
        let world = World(set: set, workloads: fleet.workloads, pods: fleet.ownedPods, now: now)
        return Rollout(ObservedRollout(world, names, adaptiveDeployment: false), version: version)
    }

    mutating func reconcile() {
        let rollout = rollout
        for intent in rollout.applied {
            fleet.apply(ObjectKey(namespace: "default", name: names.statefulSet(intent.ordinal)), version: intent.version)
        }
        for workload in rollout.surplus { fleet.removeWorkload(uid: workload.uid) }
        downByUs.formIntersection(fleet.workloads.map { "\($0.key.name)-0" })
        for pod in rollout.restarts { fleet.removePod(uid: pod.uid) }
        check(rollout)
    }

    private mutating func check(_ rollout: Rollout) {
        for pod in rollout.restarts where pod.version == version.short { fail("\(pod.name) runs the wanted version") }
        let taken = rollout.restarts.filter(serves).map(\.name)
        guard !taken.isEmpty else { return }
        downByUs.formUnion(taken)
        let unavailable = rollout.replicas.count - serving.count
        if set.spec.updateStrategy?.type == .rollingParallel {
            let limit = MaxUnavailable.resolve(set.spec.updateStrategy?.maxUnavailable, replicas: rollout.replicas.count)
            if unavailable > limit { fail("\(unavailable) pods are unavailable, \(limit) may be") }
        } else if downByUs.count > 1 {
            fail("\(downByUs.sorted()) are down by our hand")
        }
    }

    private mutating func fail(_ promise: String) { broken = broken ?? promise }

    /// With users at rest and a cluster that does its part, the set arrives where it is wanted.
    mutating func converge() -> Bool {
        if version == crashing { version = Self.version(0) }
        for _ in 0..<100 {
            let rollout = rollout
            if rollout.isComplete, rollout.restarts.isEmpty, fleet.pods.count == rollout.replicas.count {
                return fleet.pods.allSatisfy { $0.isAvailable && $0.version == version.short }
            }
            reconcile()
            fleet.settle()
            date()
            for _ in 0..<20 { pass() }
            downByUs.subtract(serving)
        }
        return false
    }

    private static func version(_ number: Int) -> Version { Version(sha: String(repeating: "\(number)", count: 64)) }
}
