import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import SpiceValidation

/// From what is observed to what is to be done. Pure: the same world gives the same plan.
struct Planner: Sendable {
    var settings: Settings

    /// - Throws: `JSONError` where the spec cannot be told in JSON, which decoding it rules out.
    func plan(_ world: World) throws(JSONError) -> SetPlan {
        let problems = problems(in: world)
        guard problems.isEmpty else { return .stalled(world, .invalidSpec, problems.joined()) }

        let child = ChildMetadata(set: world.set)
        let asked = try Version(of: world.set.spec, named: world.set.metadata.name ?? "")
        let seen = ObservedRollout(world.adopting(asked), child.names, adaptiveDeployment: settings.adaptiveDeployment)
        let (version, hold) = seen.wanted(asked)
        let volumes = VolumePlanner.plan(ClaimOwner.all(in: seen.world, of: seen.target(version), asked: asked), in: seen.world)
        let crashes = CrashGuard(seen.world, version: version, serving: seen.active, threshold: settings.crashloopThreshold)
        let world = crashes.world.marking(volumes.restarts)
        let observed = ObservedRollout(world, child.names, adaptiveDeployment: settings.adaptiveDeployment)
        let rollout = Rollout(observed, version: version, hold: hold)
        let record = try VersionRecord.of(version, child, in: world, settings)

        let traffic = Traffic(child, to: rollout, in: world)
        let desired = try Self.desired(child, world, rollout, record, volumes, traffic)
        let status = StatusBuilder(world: world, version: version, rollout: rollout, volumeWarnings: volumes.warnings).status()
        var plan = SetPlan(status: crashes.told(status, world))
        plan.apply = desired + volumes.apply
        plan.delete = rollout.removals + Self.prune(world, keeping: desired, rollout: rollout)
        plan.events =
            Narrator(world: world, asked: asked, record: record, rollout: rollout, status: plan.status).events() + volumes.events
        plan.lookAgain = [
            rollout.troubleDue(now: world.now), rollout.retirement.nextChange, plan.status.deadline(of: world), volumes.lookAgain,
            traffic.nextChange, rollout.cutoverDue, rollout.trialDue(now: world.now),
        ].compactMap { $0 }.min()
        plan.events += crashes.events(world)
        crashes.enforce(on: &plan)
        return plan
    }

    // MARK: Children

    /// In the order of writing: what pods need comes before them. Where traffic switches, that is first; the record follows, so
    /// that the time in it is never before the switch.
    private static func desired(
        _ child: ChildMetadata, _ world: World, _ rollout: Rollout, _ record: VersionRecord, _ volumes: VolumePlan,
        _ traffic: Traffic
    ) throws(JSONError) -> [DesiredObject] {
        let service = try service(child, world, rollout, traffic)
        let switches = rollout.previous != nil
        let before = try identity(child) + [record.configMap].compactMap { $0 } + network(child, rollout)
        let workloads = try workloads(child, world, rollout, record, volumes)
        return switches ? service + before + workloads : before + workloads + service
    }

    private static func identity(_ child: ChildMetadata) throws(JSONError) -> [DesiredObject] {
        [try ServiceAccountBuilder.build(child), try RoleBuilder.build(child), try RoleBindingBuilder.build(child)].compactMap {
            $0
        }
    }

    private static func network(_ child: ChildMetadata, _ rollout: Rollout) throws(JSONError) -> [DesiredObject] {
        [
            try NetworkPolicyBuilder.build(child), try HeadlessServiceBuilder.build(child, record: rollout.record),
            try PodDisruptionBudgetBuilder.build(child, selecting: rollout.serving.id),
        ].compactMap { $0 }
    }

    private static func workloads(
        _ child: ChildMetadata, _ world: World, _ rollout: Rollout, _ record: VersionRecord, _ volumes: VolumePlan
    ) throws(JSONError) -> [DesiredObject] {
        let newcomers = child.set.spec.claimSizes
        var records = [record.version.short: record]
        var workloads: [DesiredObject] = []
        for intent in rollout.applied {
            guard let record = records[intent.version] ?? VersionRecord.find(intent.version, in: world) else { continue }
            records[intent.version] = record
            if intent.generation == .deployment {
                let live = world.workloads.filter { $0.generation == .deployment }.min { $0.key < $1.key }
                workloads.append(try DeploymentBuilder.build(child, live, record, isPaused: rollout.isPaused))
                continue
            }
            let name = child.names.statefulSet(intent.ordinal, in: intent.generation)
            let sizes = volumes.sizes[name] ?? (intent.generation == rollout.target.id ? newcomers : [:])
            workloads.append(
                try StatefulSetBuilder.build(child, intent.generation, ordinal: intent.ordinal, record, sizes: sizes))
        }
        return workloads
    }

    /// The Service is made once enough pods are ready, and stays from then on (page: `minReadyForCutover`).
    private static func service(_ child: ChildMetadata, _ world: World, _ rollout: Rollout, _ traffic: Traffic) throws(JSONError)
        -> [DesiredObject]
    {
        guard let service = try ServiceBuilder.build(child, traffic) else { return [] }
        let exists = world.services.contains { $0.key == service.key }
        // what serves already may be fewer: a Deployment, while StatefulSets come up beside it
        let threshold = min(rollout.cutoverThreshold, rollout.serving.replicas.count)
        return exists || rollout.availableReplicas >= threshold ? [service] : []
    }

    private static let identities: Set<ResourceType> = [.serviceAccounts, .roles, .roleBindings]

    /// Children that are no longer wanted; versions stay while something may run them.
    private static func prune(_ world: World, keeping desired: [DesiredObject], rollout: Rollout) -> [Removal] {
        let wanted = Set(desired.map { ChildReference(resource: $0.resource, key: $0.key, uid: "") })
        // pods of other versions still run under their ServiceAccount
        let isAlone = rollout.isComplete && rollout.record.retired.isEmpty && !rollout.record.hold.isHolding
        let children = world.children.filter {
            !wanted.contains(ChildReference(resource: $0.resource, key: $0.key, uid: ""))
                && (isAlone || !identities.contains($0.resource))
        }
        let used = rollout.usedVersions
        let versions = world.versions.filter {
            !used.contains($0.version?.short ?? "")
                && !wanted.contains(ChildReference(resource: .configMaps, key: $0.key, uid: ""))
        }
        return children.map { Removal(resource: $0.resource, key: $0.key, uid: $0.uid) }
            + versions.map { Removal(resource: .configMaps, key: $0.key, uid: $0.uid) }
    }

    // MARK: What needs a person

    /// Checked before anything is made, so that a bad object never gets half a workload: by the rules of the webhook, which may
    /// have been away when the object was written.
    private func problems(in world: World) -> [Finding] {
        let level = ValidationLevel.level(of: world.set.metadata, policy: settings.admissionPolicy)
        // A class that goes while volumes of it are used is no reason to stall what runs, also where a StatefulSet is just being
        // replaced. None at all may not be visible.
        let isNew = world.workloads.isEmpty && world.set.status?.activeVersion == nil
        let asksForClasses = isNew && !world.storageClasses.isEmpty
        let context = ValidationContext(storageClasses: asksForClasses ? Set(world.storageClasses.keys) : nil)
        return SpicepodSetValidator.blocking(SpicepodSetValidator.findings(world.set, context), at: level)
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
