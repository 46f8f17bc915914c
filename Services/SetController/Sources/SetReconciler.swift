import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes

/// Observes a set, plans, and performs the plan.
struct SetReconciler: Sendable {
    let caches: Caches
    let planner: Planner
    let applier: Applier
    let events: EventRecorder
    let now: @Sendable () -> Timestamp

    /// - Returns: when to look again although nothing changes.
    func reconcile(_ key: ObjectKey) async throws -> Duration? {
        guard let cached = caches.sets[key], !cached.identity.isDeleting else { return nil }
        let world = caches.world(of: cached.set, now: now())
        if let problem = cached.problem {
            let remedy = "correct the field; `kubectl explain spicepodset` describes it"
            return try await report(.stalled(world, .invalidSpec, "\(problem); \(remedy)"), world)
        }
        var plan = try planner.plan(world)
        guard let failure = try await perform(plan, world) else { return try await report(plan, world) }
        plan.stall(world, Self.reason(failure), "\(failure)")
        _ = try await report(plan, world)
        throw ReconcileError.waiting(.seconds(30), reason: Self.reason(failure).rawValue)
    }

    /// - Returns: the first object that trying again would not help. The others are brought in order all the same.
    private func perform(_ plan: SetPlan, _ world: World) async throws -> ApplyFailure? {
        var failure: ApplyFailure?
        for desired in plan.apply {
            do {
                try await apply(desired, world)
            } catch let error as ApplyFailure {
                failure = failure ?? error
            }
        }
        for removal in plan.delete {
            let remaining = try await applier.delete(removal.resource, removal.key, uid: removal.uid)
            if let remaining {
                caches.observe(written: remaining, removal.resource)
            } else {
                caches.observe(deleted: removal.key, uid: removal.uid, removal.resource)
            }
        }
        return failure
    }

    private func apply(_ desired: DesiredObject, _ world: World) async throws {
        do {
            let live = caches.live(desired.resource, desired.key)
            guard let written = try await applier.apply(desired, live: live, owner: world.set.metadata.uid ?? "") else { return }
            caches.observe(written: written, desired.resource)
        } catch ApplyFailure.immutable(.statefulSets, let key, let message) {
            try await recreate(key, message, world)
        }
    }

    /// A StatefulSet whose change cannot be made in place goes without its pods, which the next one adopts.
    private func recreate(_ key: ObjectKey, _ message: String, _ world: World) async throws {
        guard let workload = world.workloads.first(where: { $0.key == key && $0.resource == .statefulSets }) else { return }
        let note = "Replacing StatefulSet \(key.name) without touching its pods: \(message)"
        events.record(
            .init(isWarning: false, reason: Reason.recreatingWorkload.rawValue, action: "Reconcile", note: note),
            on: subject(world))
        _ = try await applier.delete(.statefulSets, key, uid: workload.uid, propagation: .orphan)
    }

    // MARK: Telling

    private func report(_ plan: SetPlan, _ world: World) async throws -> Duration? {
        for event in plan.events {
            events.record(
                .init(isWarning: event.isWarning, reason: event.reason.rawValue, action: event.action, note: event.note),
                on: subject(world))
        }
        guard
            let delay = StatusUrgency.delay(
                from: world.set.status, to: plan.status, now: world.now,
                progressDeadline: SpicepodSetStatus.allowance(world.set.spec))
        else { return plan.lookAgain }
        guard delay == .zero else { return min(delay, plan.lookAgain ?? delay) }
        let status = try JSONTreeEncoder().encode(plan.status)
        let written = try await applier.applyStatus(.spicepodSets, world.set.metadata.key, uid: world.set.metadata.uid, status)
        caches.observe(written: written, .spicepodSets)
        return plan.lookAgain
    }

    private static func reason(_ failure: ApplyFailure) -> Reason {
        switch failure {
        case .foreign: .foreignObject
        case .forbidden: .forbidden
        case .immutable, .rejected: .rejected
        }
    }

    private func subject(_ world: World) -> EventRecorder.Subject {
        EventRecorder.Subject(resource: .spicepodSets, key: world.set.metadata.key, uid: world.set.metadata.uid ?? "")
    }
}
