package import ControllerRuntime
import JSON
import KubernetesClient
package import KubernetesModel
import SpiceTypes

/// Observes a cluster, plans, and performs the plan.
package struct ClusterReconciler: Sendable {
    private let caches: Caches
    private let planner: Planner
    private let applier: Applier
    private let events: EventRecorder
    private let now: @Sendable () -> Timestamp

    package init(
        caches: Caches, settings: Settings, rules: @escaping ClusterRules, applier: Applier, events: EventRecorder,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.caches = caches
        planner = Planner(settings: settings, rules: rules)
        self.applier = applier
        self.events = events
        self.now = now
    }

    /// - Returns: when to look again although nothing changes.
    package func reconcile(_ key: ObjectKey) async throws -> Duration? {
        guard let (world, plan) = try plan(key) else { return nil }
        return try await carryOut(plan, world)
    }

    /// What is to be done for a cluster, from what the caches know; nil where there is none.
    package func plan(_ key: ObjectKey) throws -> (World, ClusterPlan)? {
        guard let cached = caches.clusters[key], !cached.identity.isDeleting else { return nil }
        let world = caches.world(of: cached.cluster, now: now())
        if let problem = cached.problem {
            let remedy = "correct the field; `kubectl explain spicepodcluster` describes it"
            return (world, .stalled(world, .invalidSpec, "\(problem); \(remedy)"))
        }
        return (world, try planner.plan(world))
    }

    /// - Returns: when to look again although nothing changes.
    package func carryOut(_ plan: ClusterPlan, _ world: World) async throws -> Duration? {
        var plan = plan
        var (failure, hasWritten): (ApplyFailure?, Bool) = (nil, false)
        for step in plan.steps {
            do {
                guard try await apply(step.object, world) else { continue }
                hasWritten = true
                tell(step.events, world)
            } catch let error as ApplyFailure {
                failure = failure ?? error
            }
        }
        if let failure { plan.stall(world, Self.reason(failure), "\(failure)") }
        // A status describes a world that is as it was planned: the next pass, which the write has called for, tells it.
        if hasWritten, failure == nil { return .zero }
        tell(plan.news, world)
        try await report(plan.status, world)
        if let failure { throw ReconcileError.waiting(.seconds(30), reason: Self.reason(failure).rawValue) }
        return nil
    }

    /// - Returns: whether anything had to be sent.
    private func apply(_ desired: DesiredObject, _ world: World) async throws -> Bool {
        // What is on its way out takes no changes; its end brings us here again.
        if desired.resource == .spicepodSets, caches.sets[desired.key]?.identity.isDeleting == true { return false }
        let live = caches.live(desired.resource, desired.key)
        guard let written = try await applier.apply(desired, live: live, owner: world.cluster.metadata.uid ?? "") else {
            return false
        }
        caches.observe(written: written, desired.resource)
        return true
    }

    private func tell(_ planned: [PlannedEvent], _ world: World) {
        let metadata = world.cluster.metadata
        let subject = EventRecorder.Subject(resource: .spicepodClusters, key: metadata.key, uid: metadata.uid ?? "")
        for event in planned {
            events.record(
                .init(isWarning: event.isWarning, reason: event.reason.rawValue, action: event.action, note: event.note),
                on: subject)
        }
    }

    private func report(_ status: SpicepodClusterStatus, _ world: World) async throws {
        guard status.topology != world.cluster.status?.topology else { return }
        let metadata = world.cluster.metadata
        let written = try await applier.applyStatus(
            .spicepodClusters, metadata.key, uid: metadata.uid, try JSONTreeEncoder().encode(status))
        caches.observe(written: written, .spicepodClusters)
    }

    private static func reason(_ failure: ApplyFailure) -> Reason {
        switch failure {
        case .foreign: .foreignObject
        case .forbidden: .forbidden
        case .immutable, .rejected: .rejected
        }
    }
}
