package import ControllerRuntime
import JSON
import KubernetesClient
package import KubernetesModel
import SpiceTypes

/// Observes a set, plans, and performs the plan.
package struct SetReconciler: Sendable {
    private let caches: Caches
    private let planner: Planner
    private let applier: Applier
    private let failures: FailureEvents
    private let events: EventRecorder
    private let now: @Sendable () -> Timestamp

    package init(
        caches: Caches, settings: Settings, applier: Applier, failures: FailureEvents, events: EventRecorder,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.caches = caches
        planner = Planner(settings: settings)
        self.applier = applier
        self.failures = failures
        self.events = events
        self.now = now
    }

    /// - Returns: when to look again although nothing changes.
    func reconcile(_ key: ObjectKey) async throws -> Duration? {
        guard let (world, plan) = try await plan(key) else { return try await collectOrphans(key) }
        return try await carryOut(plan, world)
    }

    /// A set that is deleted while one of its StatefulSets is replaced leaves pods that the garbage collector does not see.
    package func collectOrphans(_ key: ObjectKey) async throws -> Duration? {
        guard caches.sets[key] == nil else { return nil }
        for orphan in caches.orphansWithoutSet(key) {
            _ = try await applier.delete(.pods, orphan.pod.key, uid: orphan.pod.uid)
            caches.observe(deleted: orphan.pod.key, uid: orphan.pod.uid, .pods)
        }
        return nil
    }

    /// What is to be done for a set, from what the caches know; nil where there is none.
    package func plan(_ key: ObjectKey) async throws -> (World, SetPlan)? {
        guard var (cached, world) = observe(key) else { return nil }
        if planner.settings.crashloopThreshold > 0, cached.set.spec.replicas != 0, failures.isDue(world) {
            let seen = try await failures.read(world)
            // read anew: the world is to be of one moment
            guard let now = observe(key) else { return nil }
            (cached, world) = now
            world.failures = seen
        }
        if let problem = cached.problem {
            let remedy = "correct the field; `kubectl explain spicepodset` describes it"
            return (world, .stalled(world, .invalidSpec, "\(problem); \(remedy)"))
        }
        return (world, try planner.plan(world))
    }

    /// - Returns: when to look again although nothing changes.
    package func carryOut(_ plan: SetPlan, _ world: World) async throws -> Duration? {
        var plan = plan
        let failure = try await perform(plan, world)
        // it is told once the spec has it
        if plan.pauses, failure == nil { return .zero }
        if try await grow(plan) {
            // what is refused is a warning, and no reason to stop anything
            let again = try planner.plan(caches.world(of: world.set, now: now()))
            (plan.status, plan.lookAgain) = (again.status, again.lookAgain)
            plan.events += again.events.filter { $0.isWarning && !plan.events.contains($0) }
        }
        guard let failure else { return try await report(plan, world) }
        plan.stall(world, Self.reason(failure), "\(failure)")
        _ = try await report(plan, world)
        throw ReconcileError.waiting(.seconds(30), reason: Self.reason(failure).rawValue)
    }

    private func observe(_ key: ObjectKey) -> (CachedSet, World)? {
        guard let cached = caches.sets[key], !cached.identity.isDeleting else { return nil }
        return (cached, caches.world(of: cached.set, now: now()))
    }

    /// - Returns: the first object that trying again would not help. The others are brought in order all the same.
    private func perform(_ plan: SetPlan, _ world: World) async throws -> ApplyFailure? {
        var failure: ApplyFailure?
        do {
            try await note(plan.ledgers, world)
            if plan.pauses {
                try await pause(world)
                return nil
            }
        } catch let error as ApplyFailure {
            failure = error
        }
        var hasRecreated = false
        // One replacement at a time, each planned anew: what else changes waits for it.
        for desired in plan.apply where !desired.isAmendment && !(hasRecreated && desired.resource == .statefulSets) {
            do {
                do {
                    try await apply(desired, world)
                } catch ApplyFailure.immutable(.statefulSets, _, let message) {
                    try await recreate(desired, message, world)
                    hasRecreated = true
                }
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

    /// Asks for larger claims.
    /// - Returns: whether the API server refused one.
    private func grow(_ plan: SetPlan) async throws -> Bool {
        var isRefused = false
        for desired in plan.apply where desired.isAmendment {
            do {
                guard let written = try await applier.apply(desired, live: nil, owner: "") else { continue }
                caches.observe(written: written, desired.resource)
                caches.refusals.forget(desired)
            } catch let failure as ApplyFailure {
                caches.refusals.note(failure, desired, at: now())
                isRefused = true
            }
        }
        return isRefused
    }

    private func note(_ ledgers: [LedgerChange], _ world: World) async throws {
        for change in ledgers {
            let written = try await applier.annotate(
                .configMaps, change.key, uid: change.uid, [AnnotationKey.failures: change.text])
            if let written { caches.observe(written: written, .configMaps) }
        }
        caches.deadPods.forget(world.departed)
    }

    /// Of the spec as it was judged: one that has changed since is judged anew.
    private func pause(_ world: World) async throws {
        let metadata = world.set.metadata
        let written = try await applier.merge(
            .spicepodSets, metadata.key, uid: metadata.uid ?? "", resourceVersion: metadata.resourceVersion,
            ["spec": ["replicas": 0]])
        caches.observe(written: written, .spicepodSets)
    }

    private func apply(_ desired: DesiredObject, _ world: World) async throws {
        // What is on its way out takes no changes; its end brings us here again.
        if desired.resource == .statefulSets, caches.workloads[desired.key]?.identity.isDeleting == true { return }
        let live = caches.live(desired.resource, desired.key)
        guard let written = try await applier.apply(desired, live: live, owner: world.set.metadata.uid ?? "") else { return }
        caches.observe(written: written, desired.resource)
    }

    /// A StatefulSet whose change cannot be made in place goes without its pods, which the next one adopts. It is made in the
    /// same pass, so that nobody sees the set without it; where that takes too long, by the pass that its end brings.
    private func recreate(_ desired: DesiredObject, _ message: String, _ world: World) async throws {
        let key = desired.key
        guard let workload = world.workloads.first(where: { $0.key == key && $0.resource == .statefulSets }) else { return }
        // on its way out already
        if caches.workloads[key]?.identity.isDeleting == true { return }
        let note = "Replacing StatefulSet \(key.name) without touching its pods: \(message)"
        events.record(
            .init(isWarning: false, reason: Reason.recreatingWorkload.rawValue, action: "Reconcile", note: note),
            on: subject(world))
        if let remaining = try await applier.delete(.statefulSets, key, uid: workload.uid, propagation: .orphan) {
            caches.observe(written: remaining, .statefulSets)
        } else {
            caches.observe(deleted: key, uid: workload.uid, .statefulSets)
        }
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
