import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// From what is observed to what is to be done. Pure: the same world gives the same plan.
struct Planner: Sendable {
    var settings: Settings

    /// - Throws: `JSONError` where the spec cannot be told in JSON, which decoding it rules out.
    func plan(_ world: World) throws(JSONError) -> SetPlan {
        let problems = Rules.problems(of: world.set)
        guard problems.isEmpty else { return invalid(world, problems) }

        let version = try Version(of: world.set.spec, named: world.set.metadata.name ?? "")
        let child = ChildMetadata(set: world.set)
        let known = VersionRecord.find(version, in: world)
        let record = if let known { known } else { try VersionRecord.born(version, child, settings) }
        let volumes = VolumePlanner.plan(ClaimOwner.all(in: world), in: world)
        let world = world.marking(volumes.restarts)
        let rollout = Rollout(world: world, version: version, names: child.names)

        let workloads = try rollout.applied.map { (ordinal) throws(JSONError) -> DesiredObject in
            try StatefulSetBuilder.build(
                child, ordinal: ordinal, version: version, template: record.template,
                sizes: volumes.sizes[child.names.statefulSet(ordinal)] ?? [:])
        }
        let desired =
            try Self.identity(child) + [record.configMap].compactMap { $0 } + Self.network(child) + workloads
            + Self.service(child, world, rollout)

        var plan = SetPlan(status: StatusBuilder(world: world, version: version, rollout: rollout).status())
        plan.apply = desired
        plan.delete = rollout.removals + Self.prune(world, keeping: desired, rollout: rollout, version: version)
        plan.events = Narrator(world: world, version: version, rollout: rollout, status: plan.status).events()
        plan.lookAgain = rollout.troubleDue(now: world.now)
        plan.include(volumes, world)
        return plan
    }

    // MARK: Children

    private static func identity(_ child: ChildMetadata) throws(JSONError) -> [DesiredObject] {
        [try ServiceAccountBuilder.build(child), try RoleBuilder.build(child), try RoleBindingBuilder.build(child)].compactMap {
            $0
        }
    }

    private static func network(_ child: ChildMetadata) throws(JSONError) -> [DesiredObject] {
        [
            try NetworkPolicyBuilder.build(child), try HeadlessServiceBuilder.build(child),
            try PodDisruptionBudgetBuilder.build(child),
        ].compactMap { $0 }
    }

    /// The Service is made once enough pods are ready, and stays from then on (page: `minReadyForCutover`).
    private static func service(_ child: ChildMetadata, _ world: World, _ rollout: Rollout) throws(JSONError) -> [DesiredObject] {
        guard let service = try ServiceBuilder.build(child) else { return [] }
        let exists = world.children.contains { $0.resource == .services && $0.key == service.key }
        return exists || rollout.availableReplicas >= rollout.cutoverThreshold ? [service] : []
    }

    private static let identities: Set<ResourceType> = [.serviceAccounts, .roles, .roleBindings]

    /// Children that are no longer wanted; versions stay while a workload or pod uses them.
    private static func prune(_ world: World, keeping desired: [DesiredObject], rollout: Rollout, version: Version) -> [Removal] {
        let wanted = Set(desired.map { ChildReference(resource: $0.resource, key: $0.key, uid: "") })
        let children = world.children.filter {
            !wanted.contains(ChildReference(resource: $0.resource, key: $0.key, uid: ""))
                // pods of the version before still run under their ServiceAccount
                && (rollout.isComplete || !identities.contains($0.resource))
        }
        let used = Set(world.workloads.compactMap(\.version) + world.pods.compactMap(\.version) + [version.short])
        let versions = world.versions.filter {
            !used.contains($0.version?.short ?? "")
                && !wanted.contains(ChildReference(resource: .configMaps, key: $0.key, uid: ""))
        }
        return children.map { Removal(resource: $0.resource, key: $0.key, uid: $0.uid) }
            + versions.map { Removal(resource: .configMaps, key: $0.key, uid: $0.uid) }
    }

    // MARK: What needs a person

    private func invalid(_ world: World, _ problems: [Problem]) -> SetPlan {
        let message = problems.map(\.description).joined(separator: "; ")
        return .stalled(world, .invalidSpec, message)
    }
}

extension SetPlan {
    /// Says what keeps an object from being made, in place of what would be said had it been.
    mutating func stall(_ world: World, _ reason: Reason, _ message: String) {
        status = StatusBuilder.stalled(status, world, reason, message)
        events.removeAll { $0.reason == .ready }
        events.append(PlannedEvent(isWarning: true, reason: reason, action: "Reconcile", note: message))
    }

    /// Touches nothing that exists and says what keeps the set from being worked on.
    static func stalled(_ world: World, _ reason: Reason, _ message: String) -> SetPlan {
        var plan = SetPlan(status: StatusBuilder.stalled(world, reason, message))
        plan.events = [PlannedEvent(isWarning: true, reason: reason, action: "Reconcile", note: message)]
        return plan
    }
}
