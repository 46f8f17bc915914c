import KubernetesModel

/// What an informer knows, as a value: objects by key and by owner, relists staged beside it until they are whole.
struct Store<Object: CachedObject> {
    private(set) var objects: [ObjectKey: Object] = [:]
    private var byOwner: [String: Set<ObjectKey>] = [:]
    private var staging: [String?: [ObjectKey: Object]] = [:]
    private var synced: Set<String?> = []
    /// Deletions of our own that the watch has not confirmed: UIDs that are as good as gone.
    private var deleted: [ObjectKey: String] = [:]
    /// Writes of our own that neither the watch nor a list has confirmed: the resource version of each.
    private var written: [ObjectKey: String] = [:]
    /// What left lately: the answer to our own write may come in after that, and must not bring it back.
    private var gone = RecentDepartures()

    struct Change {
        var old: Object?
        var new: Object?
    }

    func isSynced(_ namespaces: [String?]) -> Bool { namespaces.allSatisfy(synced.contains) }

    subscript(key: ObjectKey) -> Object? {
        guard let object = objects[key], deleted[key] != object.identity.uid else { return nil }
        return object
    }

    func owned(by uid: String) -> [Object] { (byOwner[uid] ?? []).sorted().compactMap { self[$0] } }

    // MARK: Changes

    /// The watch tells of an object.
    /// - Returns: nil for news that is older than what is known, or says nothing new.
    mutating func apply(_ object: Object) -> Change? {
        let (key, version) = (object.identity.key, object.identity.resourceVersion)
        if let mine = written[key], !ResourceVersion.isOlder(version, than: mine) { written[key] = nil }
        return put(object)
    }

    /// The API server's answer to a write of our own.
    mutating func observe(written object: Object) -> Change? {
        guard let change = put(object) else { return nil }
        written[object.identity.key] = object.identity.resourceVersion
        return change
    }

    /// The watch tells that an object left: deleted, or no longer selected.
    /// - Parameter resourceVersion: of its leaving; it may come back with a newer one.
    mutating func remove(_ key: ObjectKey, uid: String, resourceVersion: String) -> Change? {
        gone.insert(uid, resourceVersion)
        guard let old = objects[key], old.identity.uid == uid,
            !ResourceVersion.isOlder(resourceVersion, than: old.identity.resourceVersion)
        else { return nil }
        return drop(old)
    }

    /// Our own deletion was accepted: the object is not shown from now on.
    mutating func observe(deleted key: ObjectKey, uid: String) {
        if objects[key]?.identity.uid == uid { deleted[key] = uid }
    }

    // MARK: Relists

    mutating func beginRelist(_ namespace: String?) { staging[namespace] = [:] }

    mutating func stage(_ object: Object, _ namespace: String?) { staging[namespace]?[object.identity.key] = object }

    /// There is no list to wait for: what is known, if anything, is all there will be for now.
    mutating func concede(_ namespace: String?) { synced.insert(namespace) }

    /// Swaps a whole relist in. It is the truth, also where it goes back in time (a restored etcd), but for what we wrote
    /// ourselves after it was taken.
    mutating func finishRelist(_ namespace: String?, resourceVersion: String) -> [Change] {
        guard let staged = staging.removeValue(forKey: namespace) else { return [] }
        synced.insert(namespace)
        let known = objects.values.filter { namespace == nil || $0.identity.key.namespace == namespace }
        let settled = known.map(\.identity.key).filter { key in
            !(written[key].map { ResourceVersion.isOlder(resourceVersion, than: $0) } ?? false)
        }
        var changes: [Change] = []
        for key in settled {
            written[key] = nil
            guard let old = objects[key], staged[key] == nil else { continue }
            gone.insert(old.identity.uid, resourceVersion)
            changes.append(drop(old))
        }
        for (key, object) in staged {
            let isSettled = written[key] == nil
            if let change = put(object, evenIfOlder: isSettled) { changes.append(change) }
        }
        return changes
    }

    // MARK: Objects

    private mutating func put(_ object: Object, evenIfOlder: Bool = false) -> Change? {
        let (key, identity) = (object.identity.key, object.identity)
        let old = objects[key]
        if let old {
            if old.identity.resourceVersion == identity.resourceVersion, old.identity.uid == identity.uid { return nil }
            if !evenIfOlder, ResourceVersion.isOlder(identity.resourceVersion, than: old.identity.resourceVersion) { return nil }
        }
        if !evenIfOlder, gone.contains(identity.uid, identity.resourceVersion) { return nil }
        if deleted[key] != identity.uid { deleted[key] = nil }
        if let old, old.identity.controllerUID != identity.controllerUID { unindex(old) }
        objects[key] = object
        if let owner = identity.controllerUID { byOwner[owner, default: []].insert(key) }
        return Change(old: old, new: object)
    }

    private mutating func drop(_ old: Object) -> Change {
        let key = old.identity.key
        (deleted[key], written[key]) = (nil, nil)
        unindex(old)
        objects[key] = nil
        return Change(old: old, new: nil)
    }

    private mutating func unindex(_ object: Object) {
        guard let owner = object.identity.controllerUID else { return }
        byOwner[owner]?.remove(object.identity.key)
        if byOwner[owner]?.isEmpty == true { byOwner[owner] = nil }
    }
}
