import ControllerSimulation
import KubernetesModel
import SpiceTypes

/// Looks at pods for what happened and at cluster-controller's view for what it wanted.
struct Turns: Invariant {
    let id = "turns"
    let sentence = "executors start with a version once the schedulers that go with it have settled"
    /// Versions that all schedulers were ready with at one time, and those that one was.
    private var settled: Set<String> = []
    private var seen: Set<String> = []
    /// Versions that executors were allowed.
    private var granted: Set<String> = []
    private var uids: [ClusterRole: String] = [:]

    mutating func check(_ moment: Moment) -> String? {
        switch moment.change {
        case .set(let role, _, let set?):
            if uids[role] != set.uid {
                uids[role] = set.uid
                if role == .scheduler { (settled, seen) = ([], []) } else { granted = [] }
            }
        default: break
        }
        switch moment.change {
        case .node(_, let node?) where node.role == .scheduler: note(node, moment.picture)
        case .set(.scheduler, let before, let after?) where before?.generation != after.generation: note(nil, moment.picture)
        case .set(.executor, let before, let after?) where before?.generation != after.generation: return grant(after, moment)
        case .node(nil, let node?) where node.role == .executor:
            guard let version = node.version, !granted.contains(version) else { return nil }
            return "\(node.name) was made with version \(version), which was not its turn"
        default: break
        }
        return nil
    }

    private mutating func note(_ node: NodeState?, _ picture: Picture) {
        if let node, node.isAvailable, let version = node.version { seen.insert(version) }
        guard let set = picture.sets[.scheduler], set.replicas > 0 else { return }
        let nodes = picture.nodes(.scheduler).filter(\.isAvailable)
        for version in Set(nodes.compactMap(\.version)) where !settled.contains(version) {
            let ordinals = Set(nodes.filter { $0.version == version }.map(\.ordinal))
            if (0..<set.replicas).allSatisfy(ordinals.contains) { settled.insert(version) }
        }
    }

    private mutating func grant(_ after: ResourceState, _ moment: Moment) -> String? {
        let name = Picture.names.set(.executor)
        guard let version = after.version(named: name) else { return nil }
        defer { granted.insert(version) }
        // A set that has just gone without its knowing is made again as it was; what is made for a cluster that has gone, goes.
        guard moment.actor == .clusterController, moment.picture.cluster != nil,
            let planned = moment.planned[Decision.Service.cluster.rawValue]
        else {
            return nil
        }
        let before = planned.sets[.executor]
        guard before?.version(named: name) != version, let cluster = planned.cluster?.cluster,
            let wanted = cluster.version(.scheduler)
        else { return nil }
        guard before != nil else {
            return seen.contains(wanted) ? nil : "executors were made before a scheduler was ready with version \(wanted)"
        }
        // Who has no schedulers waits for none. The answer to a write of its own may have told the controller before its watch did.
        let wishes = [cluster, moment.picture.cluster?.cluster].compactMap { $0?.spec.schedulerSpec.replicas }
        guard !wishes.contains(0) else { return nil }
        if !settled.contains(wanted) { return "executors go to \(version) before the schedulers have settled with \(wanted)" }
        guard moment.isOrdered,
            let other = moment.picture.nodes(.scheduler).first(where: { $0.isAvailable && $0.version != wanted })
        else { return nil }
        return "executors go to \(version) while \(other.name) has version \(other.version ?? "none"), not \(wanted)"
    }
}
