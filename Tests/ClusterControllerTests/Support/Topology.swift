import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import SpiceValidation

@testable import ClusterController

/// A cluster and the sets made for it: performs plans as the API server would, and plays set-controller, one pod at a time.
struct Topology {
    var cluster: SpicepodCluster
    var planner: Planner
    var now = Sample.now
    private(set) var children: [ClusterRole: Child] = [:]
    private(set) var objects: [ObjectKey: JSONValue] = [:]
    /// Versions asked of the executors, in order.
    private(set) var history: [ClusterRole: [String]] = [:]
    /// Images with which pods never get ready.
    var brokenTags: Set<String> = []

    struct Child: Hashable {
        struct Pod: Hashable {
            var version: String
            var isReady: Bool
        }

        var tree: JSONValue
        var pods: [Pod] = []
        var status = SpicepodSetStatus()
        var isStopped = false

        var metadata: ObjectMeta {
            get { (try? JSONTreeDecoder().decode(ObjectMeta.self, from: tree["metadata"] ?? [:])) ?? ObjectMeta() }
            set { tree["metadata"] = try? JSONTreeEncoder().encode(newValue) }
        }

        var spec: SpicepodSetSpec {
            (try? JSONTreeDecoder().decode(SpicepodSetSpec.self, from: tree["spec"] ?? [:])) ?? SpicepodSetSpec()
        }

        var version: String { (try? Version(of: spec, named: metadata.name ?? "").sha) ?? "" }
        var available: Int { pods.count(where: \.isReady) }
    }

    struct DidNotConverge: Error {}

    init(_ cluster: SpicepodCluster, settings: Settings = Settings(), rules: @escaping ClusterRules = { _, _ in [] }) {
        self.cluster = cluster
        planner = Planner(settings: settings, rules: rules)
    }

    subscript(role: ClusterRole) -> Child? { children[role] }

    mutating func edit(_ change: (inout SpicepodClusterSpec) -> Void) {
        change(&cluster.spec)
        cluster.metadata.generation = (cluster.metadata.generation ?? 0) + 1
    }

    // MARK: cluster-controller

    var world: World {
        var sets: [ClusterRole: ObservedSet] = [:]
        for (role, child) in children {
            var tree = child.tree
            tree["status"] = try? JSONTreeEncoder().encode(child.status)
            if child.isStopped {
                let entry: JSONValue = [
                    "manager": "spice-set-controller", "operation": "Update", "fieldsV1": ["f:spec": ["f:replicas": [:]]],
                ]
                tree[path: "metadata", "managedFields"] = [entry]
            }
            sets[role] = ObservedSet(child.metadata, tree)
        }
        return World(cluster: cluster, sets: sets, now: now)
    }

    func plan() throws -> ClusterPlan { try planner.plan(world) }

    @discardableResult
    mutating func reconcile() throws -> ClusterPlan {
        let plan = try plan()
        var hasWritten = false
        for desired in plan.apply where apply(desired) { hasWritten = true }
        if !hasWritten { cluster.status = plan.status.joined(cluster.status) }
        return plan
    }

    private mutating func apply(_ desired: DesiredObject) -> Bool {
        guard objects[desired.key] != desired.object else { return false }
        objects[desired.key] = desired.object
        guard desired.resource == .spicepodSets,
            let role = ClusterRole.allCases.first(where: { cluster.names.set($0) == desired.key.name })
        else { return true }
        var child = children[role] ?? Child(tree: desired.object)
        let (before, generation) = (child.tree["spec"], child.metadata.generation ?? 0)
        child.tree = desired.object
        if desired.object[path: "spec", "replicas"] == nil {
            child.tree[path: "spec", "replicas"] = before?["replicas"]
        } else {
            child.isStopped = false
        }
        child.metadata.uid = "set-\(role.rawValue)"
        child.metadata.generation = generation == 0 ? 1 : child.tree["spec"] == before ? generation : generation + 1
        if history[role]?.last != child.version { history[role, default: []].append(child.version) }
        children[role] = child
        return true
    }

    // MARK: set-controller

    /// One step of a role's set: notes the spec, or takes one pod further.
    mutating func step(_ role: ClusterRole) {
        guard var child = children[role] else { return }
        let (target, wish) = (child.version, Int(child.spec.replicas ?? 1))
        let isBroken = brokenTags.contains(child.spec.image?.tag ?? "")
        if child.status.observedGeneration == child.metadata.generation {
            if child.pods.count > wish {
                child.pods.removeLast()
            } else if let index = child.pods.firstIndex(where: { $0.version == target && !$0.isReady }) {
                child.pods[index].isReady = !isBroken
            } else if child.pods.count < wish {
                child.pods.append(Child.Pod(version: target, isReady: !isBroken))
            } else if let index = child.pods.firstIndex(where: { $0.version != target }) {
                child.pods[index] = Child.Pod(version: target, isReady: false)
            }
        }
        child.judge(now)
        children[role] = child
    }

    /// Its pods have failed too often.
    mutating func stop(_ role: ClusterRole, tellsStatus: Bool = true) {
        guard var child = children[role] else { return }
        child.tree[path: "spec", "replicas"] = 0
        child.metadata.generation = (child.metadata.generation ?? 0) + 1
        child.isStopped = true
        if tellsStatus {
            child.pods = []
            child.judge(now)
        }
        children[role] = child
        objects[child.metadata.key] = nil
    }

    mutating func setReady(_ role: ClusterRole, _ index: Int, _ isReady: Bool) {
        children[role]?.pods[index].isReady = isReady
        children[role]?.judge(now)
    }

    mutating func loseSet(_ role: ClusterRole) {
        children[role].map { objects[$0.metadata.key] = nil }
        children[role] = nil
    }

    mutating func change(_ role: ClusterRole, _ body: (inout Child) -> Void) {
        guard var child = children[role] else { return }
        body(&child)
        children[role] = child
    }

    /// Both controllers take turns until nothing is left to do.
    mutating func converge(turns: Int = 200) throws {
        for _ in 0..<turns {
            let before = (cluster, children, objects)
            try reconcile()
            for role in ClusterRole.allCases { step(role) }
            if before.0 == cluster, before.1 == children, before.2 == objects { return }
        }
        throw DidNotConverge()
    }
}

extension Topology.Child {
    /// The status as set-controller would write it.
    fileprivate mutating func judge(_ now: Timestamp) {
        let (target, wish) = (version, Int(spec.replicas ?? 1))
        let updated = pods.count { $0.version == target && $0.isReady }
        let isComplete = pods.count == wish && updated == wish
        let wasComplete = status.conditions?.contains { $0.type == "Progressing" && $0.reason == "RolloutComplete" } == true
        let isDegraded =
            wasComplete && status.activeVersion == target && pods.count == wish && pods.allSatisfy { $0.version == target }
        let generation = metadata.generation
        status.observedGeneration = generation
        status.readyReplicas = Int32(available)
        status.totalReplicas = Int32(wish)
        status.updatedReplicas = Int32(updated)
        if isComplete || status.activeVersion == nil { status.activeVersion = target }
        if isComplete, wish > 0 { status.lastReadyVersion = target }
        status.rollout = isComplete || isDegraded || wish == 0 ? nil : RolloutStatus { $0.version = target }
        status.pauseReason = wish == 0 ? (isStopped ? "CrashLooping" : "ReplicasZero") : nil
        let ready: (Condition.Status, String) =
            isStopped
            ? (.false, "CrashLooping")
            : wish == 0
                ? (.false, "Paused")
                : isComplete ? (.true, "Ready") : (.false, isDegraded ? "PodsNotReady" : "Progressing")
        let progressing: (Condition.Status, String) =
            isStopped ? (.false, "CrashLooping") : (.true, isComplete || isDegraded ? "RolloutComplete" : "RolloutInProgress")
        let paused: (Condition.Status, String) =
            wish == 0 ? (.true, isStopped ? "CrashLooping" : "ReplicasZero") : (.false, "Running")
        status.conditions = [("Ready", ready), ("Progressing", progressing), ("Paused", paused)].map { type, verdict in
            Condition(
                type: type, status: verdict.0, observedGeneration: generation, lastTransitionTime: now, reason: verdict.1,
                message: "\(updated) of \(wish) updated.")
        }
    }
}

extension SpicepodClusterStatus {
    /// As server-side apply joins our half with cert-manager's.
    fileprivate func joined(_ live: SpicepodClusterStatus?) -> SpicepodClusterStatus {
        var status = self
        status.rootCertificateReady = live?.rootCertificateReady
        status.conditions = (conditions ?? []) + (live?.conditions ?? []).filter { $0.type == "CertificatesReady" }
        return status
    }
}

extension ClusterPlan {
    var apply: [DesiredObject] { steps.map(\.object) }
    var events: [PlannedEvent] { steps.flatMap(\.events) + news }
}
