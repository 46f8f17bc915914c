import JSON
import KubernetesModel

/// Deletes what lost all its owners; serves foreground deletion and orphaning.
struct GarbageCollector: SimulatedController {
    private struct Node: Hashable, Comparable {
        var resource: GroupResource
        var key: ObjectKey

        static func < (left: Node, right: Node) -> Bool { (left.resource, left.key) < (right.resource, right.key) }
    }

    let component = "kube-controller-manager"
    /// Who names an owner, by the owner's uid.
    private var dependents: [String: Set<Node>] = [:]
    private var objects: [String: Node] = [:]

    mutating func keys(for change: StoreEvent, in store: Store) -> [String] {
        let uid = change.object.uid
        let node = Node(resource: change.resource, key: change.key)
        let before = (change.previous ?? [:]).list("metadata", "ownerReferences").map { $0.string("uid") }
        let after = change.kind == .deleted ? [] : change.object.list("metadata", "ownerReferences").map { $0.string("uid") }
        for owner in before where !after.contains(owner) {
            dependents[owner]?.remove(node)
            if dependents[owner]?.isEmpty == true { dependents[owner] = nil }
        }
        for owner in after { dependents[owner, default: []].insert(node) }
        if change.kind == .deleted {
            objects[uid] = nil
            return [uid] + before
        }
        objects[uid] = node
        if change.object.isBeingDeleted, !change.object.list("metadata", "finalizers").isEmpty { return [uid] }
        return change.kind == .added ? after.filter { objects[$0] == nil } : []
    }

    mutating func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration? {
        let waiting = (dependents[key] ?? []).sorted()
        guard let node = objects[key], let owner = cluster.get(node.resource, node.key), owner.uid == key else {
            for dependent in waiting { release(dependent, from: key, &cluster) }
            return nil
        }
        guard owner.isBeingDeleted else { return nil }
        let finalizers = owner["metadata"]?.strings("finalizers") ?? []
        if finalizers.contains("orphan") {
            for dependent in waiting { removeReference(to: key, from: dependent, &cluster) }
            removeFinalizer("orphan", node, &cluster)
        } else if finalizers.contains("foregroundDeletion") {
            var isBlocked = false
            for dependent in waiting {
                guard let object = object(at: dependent, ownedBy: key, cluster) else { continue }
                if !object.isBeingDeleted { cluster.delete(dependent.resource, dependent.key) }
                let blocks = object.list("metadata", "ownerReferences").contains {
                    $0["uid"] == .string(key) && $0["blockOwnerDeletion"] == true
                }
                if blocks, cluster.get(dependent.resource, dependent.key) != nil { isBlocked = true }
            }
            if !isBlocked { removeFinalizer("foregroundDeletion", node, &cluster) }
        }
        return nil
    }

    /// The object there, unless it is another one by now: what is known here may be older than the store.
    private func object(at node: Node, ownedBy uid: String, _ cluster: Cluster) -> JSONValue? {
        guard let object = cluster.get(node.resource, node.key) else { return nil }
        return object.list("metadata", "ownerReferences").contains { $0["uid"] == .string(uid) } ? object : nil
    }

    /// The owner `uid` is gone: the dependent goes too, unless another owner lives.
    private func release(_ dependent: Node, from uid: String, _ cluster: inout Cluster) {
        guard let object = object(at: dependent, ownedBy: uid, cluster) else { return }
        let others = object.list("metadata", "ownerReferences").filter { $0["uid"] != .string(uid) && exists($0, object, cluster) }
        if others.isEmpty {
            if !object.isBeingDeleted { cluster.delete(dependent.resource, dependent.key) }
        } else {
            removeReference(to: uid, from: dependent, &cluster)
        }
    }

    private func exists(_ reference: JSONValue, _ object: JSONValue, _ cluster: Cluster) -> Bool {
        guard let node = objects[reference.string("uid")] else { return false }
        return cluster.get(node.resource, node.key)?.uid == reference.string("uid")
    }

    private func removeReference(to uid: String, from dependent: Node, _ cluster: inout Cluster) {
        cluster.update(dependent.resource, dependent.key) { object in
            let kept = object.list("metadata", "ownerReferences").filter { $0["uid"] != .string(uid) }
            object["metadata", "ownerReferences"] = .nonEmpty(kept)
        }
    }

    private func removeFinalizer(_ name: String, _ node: Node, _ cluster: inout Cluster) {
        cluster.update(node.resource, node.key) { object in
            let kept = object.list("metadata", "finalizers").filter { $0 != .string(name) }
            object["metadata", "finalizers"] = .nonEmpty(kept)
        }
    }
}
