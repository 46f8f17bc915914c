import ControllerRuntime
import JSON
import SpiceTypes
import SpiceValidation

/// From what is observed to what is to be done. Pure: the same world gives the same plan.
struct Planner: Sendable {
    var settings: Settings
    var rules: ClusterRules

    /// - Throws: `JSONError` where the spec cannot be told in JSON, which decoding it rules out.
    func plan(_ world: World) throws(JSONError) -> ClusterPlan {
        let level = ValidationLevel.level(of: world.cluster.metadata, policy: settings.admissionPolicy)
        let problems = SpicepodClusterValidator.blocking(rules(world.cluster, nil), at: level)
        guard problems.isEmpty else { return .stalled(world, .invalidSpec, problems.joined()) }

        let schedulers = try NodePlan(.scheduler, world, settings)
        let executors = try NodePlan(.executor, world, settings, turn: SchedulerGate.turn(after: schedulers))
        let status = StatusBuilder(world: world, schedulers: schedulers, executors: executors).status()
        var plan = ClusterPlan(status: status)
        let narrator = Narrator(world: world, schedulers: schedulers, executors: executors, status: status)
        plan.steps = [ClusterPlan.Step(object: try DiscoveryService.build(world.cluster))]
        for nodes in [schedulers, executors] {
            guard let desired = try ChildSetBuilder.build(nodes, world.cluster) else { continue }
            plan.steps.append(ClusterPlan.Step(object: desired, events: narrator.done(nodes)))
        }
        plan.news = narrator.news()
        return plan
    }
}

extension ClusterPlan {
    /// Says what keeps an object from being made, in place of what would be said had it been.
    mutating func stall(_ world: World, _ reason: Reason, _ message: String) {
        status = StatusBuilder.stalled(status, world, reason, message)
        news = [PlannedEvent(isWarning: true, reason: reason, action: "Reconcile", note: message)]
    }

    /// Touches nothing that exists and says what keeps the cluster from being worked on.
    static func stalled(_ world: World, _ reason: Reason, _ message: String) -> ClusterPlan {
        var plan = ClusterPlan(status: StatusBuilder.stalled(world.cluster.status ?? .init(), world, reason, message))
        plan.news = [PlannedEvent(isWarning: true, reason: reason, action: "Reconcile", note: message)]
        return plan
    }
}
