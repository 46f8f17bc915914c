package import JSON
package import KubernetesModel

/// One change of the store.
package struct StoreEvent: Sendable {
    package enum Kind: String, Sendable { case added = "ADDED", modified = "MODIFIED", deleted = "DELETED" }

    package var revision: Int64
    package var kind: Kind
    package var resource: GroupResource
    package var key: ObjectKey
    /// The object after the change; of a deletion its last state with the deletion's resourceVersion.
    package var object: JSONValue
    package var previous: JSONValue?
}

/// All objects, their history up to a bound, and the counter both are ordered by.
struct Store: Sendable {
    private(set) var objects: [GroupResource: [ObjectKey: JSONValue]] = [:]
    private(set) var revision: Int64
    /// Changes after `compactedRevision`, oldest first.
    private(set) var history: [StoreEvent] = []
    /// Watches and snapshots from before are gone: 410.
    private(set) var compactedRevision: Int64
    var historyLimit = 20_000

    init(revision: Int64 = 1) {
        self.revision = revision
        compactedRevision = revision
    }

    func object(_ resource: GroupResource, _ key: ObjectKey) -> JSONValue? { objects[resource]?[key] }

    func all(_ resource: GroupResource) -> [ObjectKey: JSONValue] { objects[resource] ?? [:] }

    /// Stores the object under the next revision and returns it as stored.
    mutating func put(_ resource: GroupResource, _ key: ObjectKey, _ object: JSONValue) -> JSONValue {
        revision += 1
        var object = object
        object["metadata", "resourceVersion"] = .string(String(revision))
        let previous = objects[resource, default: [:]].updateValue(object, forKey: key)
        record(previous == nil ? .added : .modified, resource, key, object, previous)
        return object
    }

    /// - Parameter last: the state to report, where the deletion changed it.
    mutating func remove(_ resource: GroupResource, _ key: ObjectKey, as last: JSONValue? = nil) -> JSONValue? {
        guard let previous = objects[resource]?.removeValue(forKey: key) else { return nil }
        revision += 1
        var object = last ?? previous
        object["metadata", "resourceVersion"] = .string(String(revision))
        record(.deleted, resource, key, object, previous)
        return object
    }

    private mutating func record(
        _ kind: StoreEvent.Kind, _ resource: GroupResource, _ key: ObjectKey, _ object: JSONValue, _ previous: JSONValue?
    ) {
        history.append(
            StoreEvent(revision: revision, kind: kind, resource: resource, key: key, object: object, previous: previous))
        // Dropping a quarter at a time keeps the cost per write constant.
        if history.count > historyLimit { compact(keeping: historyLimit * 3 / 4) }
    }

    /// Takes back all changes after `revision`, which nobody has seen yet.
    mutating func undo(to revision: Int64) {
        while let last = history.last, last.revision > revision {
            objects[last.resource, default: [:]][last.key] = last.previous
            history.removeLast()
        }
        self.revision = revision
    }

    /// Forgets all but the last `count` changes.
    mutating func compact(keeping count: Int) {
        guard history.count > count else { return }
        compactedRevision = history[history.count - count - 1].revision
        history.removeFirst(history.count - count)
    }

    /// Changes after `revision`; nil when some of them are forgotten.
    func changes(after revision: Int64) -> ArraySlice<StoreEvent>? {
        guard revision >= compactedRevision else { return nil }
        var low = history.startIndex
        var high = history.endIndex
        while low < high {
            let middle = (low + high) / 2
            if history[middle].revision <= revision { low = middle + 1 } else { high = middle }
        }
        return history[low...]
    }

    /// The objects as they were at `revision`; nil when that is forgotten.
    func snapshot(_ resource: GroupResource, at revision: Int64) -> [ObjectKey: JSONValue]? {
        guard let later = changes(after: revision) else { return nil }
        var objects = all(resource)
        for change in later.reversed() where change.resource == resource { objects[change.key] = change.previous }
        return objects
    }

    /// Sets the state read from disk, as history that nobody can watch.
    mutating func restore(_ resource: GroupResource, _ key: ObjectKey, _ object: JSONValue?, revision: Int64) {
        objects[resource, default: [:]][key] = object
        self.revision = max(self.revision, revision)
        compactedRevision = self.revision
    }
}
