import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

@testable import SetController

/// A set and everything made for it: performs plans as the API server would and shows the next world to the planner.
struct Cluster {
    var set: SpicepodSet
    var planner = Planner(settings: Settings())
    var fleet = Fleet()
    var now = Sample.now
    private(set) var objects: [ChildReference: JSONValue] = [:]
    private(set) var versions: [ObservedVersion] = []
    private(set) var services: [ObservedService] = []
    var versionClaims: [ObservedClaim] = []
    var orphans: [ObservedOrphan] = []
    private(set) var children: [ChildReference] = []
    private var serial = 0

    struct DidNotConverge: Error {}

    init(_ set: SpicepodSet, settings: Settings = Settings()) {
        self.set = set
        planner.settings = settings
    }

    /// What events tell.
    var failures: [String: [String: Int]] = [:]

    var world: World {
        World(
            set: set, workloads: fleet.workloads, pods: fleet.ownedPods, versions: versions, services: services, children: children,
            versionClaims: versionClaims, orphans: orphans, failures: failures, now: now)
    }

    var version: Version {
        get throws { try Version(of: set.spec, named: set.metadata.name ?? "") }
    }

    mutating func edit(_ change: (inout SpicepodSetSpec) -> Void) {
        change(&set.spec)
        set.metadata.generation = (set.metadata.generation ?? 0) + 1
    }

    func plan() throws -> SetPlan { try planner.plan(world) }

    @discardableResult
    mutating func reconcile() throws -> SetPlan {
        let plan = try plan()
        try perform(plan)
        return plan
    }

    /// What is told while reconciles and the cluster take turns.
    mutating func told(turns: Int = 5) throws -> [String] {
        var told: [String] = []
        for _ in 0..<turns {
            told += try reconcile().events.map { "\($0.reason.rawValue): \($0.note)" }
            fleet.settle()
        }
        return told
    }

    /// Reconciles while the cluster does its part, until nothing is left to do.
    /// - Returns: the pods deleted on the way, in order.
    @discardableResult
    mutating func converge(broken: Set<String> = []) throws -> [String] {
        var deleted: [String] = []
        for _ in 0..<200 {
            let plan = try plan()
            deleted += plan.removed(.pods)
            let isDone = isDone(plan)
            try perform(plan)
            let before = fleet
            fleet.settle(broken: broken)
            if isDone, fleet == before { return deleted }
        }
        throw DidNotConverge()
    }

    /// The plan is what is there already.
    func isDone(_ plan: SetPlan) -> Bool {
        !plan.pauses && plan.ledgers.isEmpty && plan.delete.isEmpty && plan.events.isEmpty && plan.status == set.status
            && plan.apply.allSatisfy { objects[Self.reference($0.resource, $0.key)] == $0.object }
    }

    func names(_ resource: ResourceType) -> [String] { objects.keys.filter { $0.resource == resource }.map(\.key.name).sorted() }

    func object(_ resource: ResourceType, _ name: String) -> JSONValue? {
        objects[Self.reference(resource, ObjectKey(namespace: set.metadata.namespace ?? "", name: name))]
    }

    mutating func replaceVersions(_ change: (inout ObservedVersion) -> Void) {
        for index in versions.indices { change(&versions[index]) }
    }

    // MARK: Performing

    mutating func perform(_ plan: SetPlan) throws {
        for change in plan.ledgers {
            for index in versions.indices where versions[index].uid == change.uid { versions[index].failures = change.text }
        }
        guard !plan.pauses else { return edit { $0.replicas = 0 } }
        for desired in plan.apply { try apply(desired) }
        for removal in plan.delete { remove(removal) }
        set.status = plan.status
    }

    private mutating func apply(_ desired: DesiredObject) throws {
        objects[Self.reference(desired.resource, desired.key)] = desired.object
        switch desired.resource {
        case .statefulSets:
            let labels = desired.object[path: "spec", "template", "metadata", "labels"]
            fleet.apply(
                desired.key, version: labels?[LabelKey.version]?.stringValue,
                layout: labels?[LabelKey.layout]?.stringValue.flatMap(GenerationID.Layout.init) ?? .stable)
        case .deployments: fleet.applyDeployment(desired)
        case .configMaps:
            var object = desired.object
            object[path: "metadata", "uid"] = .string(versions.first { $0.key == desired.key }?.uid ?? nextUID())
            let cached = try JSONScanner.scan(object.serialized()) { try CachedVersion(scanning: &$0) }
            versions.removeAll { $0.key == desired.key }
            versions.append(cached.observed)
        default:
            if desired.resource == .services {
                let cached = try JSONScanner.scan(desired.object.serialized()) { try CachedService(scanning: &$0) }
                services.removeAll { $0.key == desired.key }
                services.append(cached.observed)
            }
            guard !children.contains(where: { $0.resource == desired.resource && $0.key == desired.key }) else { return }
            children.append(ChildReference(resource: desired.resource, key: desired.key, uid: nextUID()))
        }
    }

    /// What a user deletes by hand.
    mutating func remove(_ resource: ResourceType, _ name: String) {
        for child in children where child.resource == resource && child.key.name == name {
            remove(Removal(resource: resource, key: child.key, uid: child.uid))
        }
    }

    private mutating func remove(_ removal: Removal) {
        if removal.resource != .pods { objects[Self.reference(removal.resource, removal.key)] = nil }
        switch removal.resource {
        case .pods: fleet.removePod(uid: removal.uid)
        case .statefulSets, .deployments: fleet.removeWorkload(uid: removal.uid)
        case .configMaps: versions.removeAll { $0.uid == removal.uid }
        case .persistentVolumeClaims: versionClaims.removeAll { $0.uid == removal.uid }
        default:
            children.removeAll { $0.uid == removal.uid }
            if removal.resource == .services { services.removeAll { $0.key == removal.key } }
        }
    }

    private static func reference(_ resource: ResourceType, _ key: ObjectKey) -> ChildReference {
        ChildReference(resource: resource, key: key, uid: "")
    }

    private mutating func nextUID() -> String {
        serial += 1
        return "child-\(serial)"
    }
}
