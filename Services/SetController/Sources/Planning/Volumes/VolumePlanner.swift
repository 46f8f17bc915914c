import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// From claims as they are and templates as they should be to what is to be done. Pure.
struct VolumePlanner: Sendable {
    /// File systems that grow while they are in use take a moment; only then is the pod restarted.
    static let fileSystemPatience: Duration = .seconds(30)

    private let world: World
    private var plan = VolumePlan()
    private var findings: [Group<ClaimFinding>] = []
    private var growths: [Group<Quantity>] = []

    /// Claims of which the same is to be told.
    private struct Group<Subject: Equatable & Sendable>: Sendable {
        var subject: Subject
        var claims: [String]
    }

    /// - Parameter owners: the StatefulSets there are, in the order in which they are told.
    static func plan(_ owners: [ClaimOwner], in world: World) -> VolumePlan {
        var planner = VolumePlanner(world: world)
        let claims = Dictionary(world.claims.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for owner in owners {
            for template in owner.templates { planner.size(template, owner.workload) }
            for template in owner.templates {
                let name = ClaimName(template: template.name, workload: owner.workload.key.name).text
                guard let claim = claims[ObjectKey(namespace: owner.workload.key.namespace, name: name)] else { continue }
                planner.grow(claim, template)
                planner.restart(claim, owner.workload)
            }
        }
        return planner.finished
    }

    private init(world: World) {
        self.world = world
    }

    private mutating func size(_ template: VolumeClaimTemplate, _ workload: ObservedWorkload) {
        let live = workload.claimSizes[template.name].map { Quantity($0) }.flatMap { $0.isValid ? $0 : nil }
        guard let wanted = template.size else {
            plan.sizes[workload.key.name, default: [:]][template.name] = live
            return
        }
        let isShrinking = live.map { wanted.isLess(than: $0) == true } ?? false
        plan.sizes[workload.key.name, default: [:]][template.name] = isShrinking ? live : wanted
    }

    private mutating func grow(_ claim: ObservedClaim, _ template: VolumeClaimTemplate) {
        let growth = ClaimGrowth(claim, to: template, in: world)
        for finding in growth.findings { Self.add(claim.key.name, to: finding, in: &findings) }
        if let retryAt = growth.retryAt { plan.lookAgain(in: retryAt - world.now) }
        guard let size = growth.size else { return }
        plan.apply.append(
            DesiredObject(
                amending: .persistentVolumeClaims, claim.key, uid: claim.uid,
                fields: ["spec": ["resources": ["requests": ["storage": .string(size.text)]]]]))
        // A second attempt is no news.
        if growth.findings.isEmpty { Self.add(claim.key.name, to: size, in: &growths) }
    }

    /// Once a resize: a pod that started after the volume had grown does not help by starting again.
    private mutating func restart(_ claim: ObservedClaim, _ workload: ObservedWorkload) {
        guard let since = claim.fileSystemPending?.since,
            let pod = world.pods.first(where: { $0.ownerUID == workload.uid && $0.name == "\(workload.key.name)-0" }),
            !pod.isTerminating, let createdAt = pod.createdAt, createdAt < since
        else { return }
        let left = Self.fileSystemPatience - (world.now - since)
        if left > .zero { plan.lookAgain(in: left) } else { plan.restarts.insert(pod.name) }
    }

    private var finished: VolumePlan {
        var plan = plan
        let order = Reason.allCases
        plan.warnings = findings.map { VolumeWarning(reason: $0.subject.reason, message: $0.subject.message($0.claims)) }
            .enumerated().sorted { left, right in
                let (first, second) = (order.firstIndex(of: left.element.reason), order.firstIndex(of: right.element.reason))
                return (first ?? 0, left.offset) < (second ?? 0, right.offset)
            }.map(\.element)
        plan.events = growths.map {
            PlannedEvent(
                isWarning: false, reason: .resizingVolume, action: "Resize",
                note: "\(ClaimFinding.list($0.claims)) grows to \($0.subject).")
        }
        return plan
    }

    private static func add<Subject: Equatable & Sendable>(_ claim: String, to subject: Subject, in groups: inout [Group<Subject>])
    {
        if let index = groups.firstIndex(where: { $0.subject == subject }) {
            groups[index].claims.append(claim)
        } else {
            groups.append(Group(subject: subject, claims: [claim]))
        }
    }
}
