import JSON
import KubernetesClient
import KubernetesModel
import Synchronization

/// A copy of the API's objects in an API of our own, in which the simulation of nodes reads and writes.
///
/// The simulation sees what it wrote at once; the API is told later. Meanwhile news of the object waits: else an older state would
/// undo what is on its way. Once nothing is left to send, the newest that the API has said replaces what the mirror holds.
final class Mirror: Sendable {
    struct Identity: Hashable, Sendable {
        var resource: ResourceType
        var key: ObjectKey
    }

    struct Transfer: Sendable {
        var base: JSONValue?
        var writes: [RemoteWrite]
    }

    private struct Link {
        /// The API's state as last heard of.
        var base: JSONValue?
        /// What came while there was something to send. The object is nil when it is gone.
        var news: (object: JSONValue?, version: Int64)?
        var isSending = false
        /// Deleted by us: later words about this one are from before.
        var deleted: String?
        var failures = 0

        var isEmpty: Bool { base == nil && news == nil && !isSending && failures == 0 }
    }

    private struct State {
        var links: [Identity: Link] = [:]
        var relists: [ResourceType: Set<ObjectKey>] = [:]
        var unsynced = Set(ResourceType.mirrored)
        var cursor: Int64 = 0
    }

    let server: APIServer
    /// Yields after changes of the mirror.
    let changes: AsyncStream<Void>
    private let nodes: Set<String>
    private let state = Mutex(State())
    private let synced: AsyncStream<Void>
    private let isSynced: AsyncStream<Void>.Continuation
    private let resources = Dictionary(uniqueKeysWithValues: (ResourceType.mirrored + [.coreEvents]).map { ($0.id, $0) })

    /// - Parameter nodes: the simulated ones: those of others, and their pods, are none of our business.
    init(nodes: [String]) {
        self.nodes = Set(nodes)
        var core = APICore(identifiers: .random)
        // nobody watches the mirror's past, and the simulation starts anew when it has missed some of it
        core.store.historyLimit = 2000
        server = APIServer(core: core, clock: SystemClock.now, webhooks: nil)
        (synced, isSynced) = AsyncStream.makeStream()
        let (changes, change) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.changes = changes
        server.onChange { change.yield() }
    }

    /// Returns when all kinds have been listed, or the task is cancelled.
    func waitUntilSynced() async {
        for await _ in synced {}
    }

    /// The API's state of an object.
    func known(_ id: Identity) -> JSONValue? { state.withLock { $0.links[id]?.base } }

    // MARK: from the API

    func hear(_ event: ReflectorEvent<MirroredObject>, of resource: ResourceType) {
        state.withLock { state in
            switch event {
            case .initialStart: state.relists[resource] = []
            case .initial(let object):
                state.relists[resource]?.insert(object.json.key)
                hear(&state, Identity(resource: resource, key: object.json.key), object.json, version: object.json.version)
            case .initialDone(let version):
                let listed = state.relists.removeValue(forKey: resource) ?? []
                for id in state.links.keys where id.resource == resource && !listed.contains(id.key) {
                    hear(&state, id, nil, version: Int64(version) ?? 0)
                }
                if state.unsynced.remove(resource) != nil, state.unsynced.isEmpty { isSynced.finish() }
            case .applied(let object):
                hear(&state, Identity(resource: resource, key: object.json.key), object.json, version: object.json.version)
            case .deleted(let object):
                hear(&state, Identity(resource: resource, key: object.json.key), nil, version: object.json.version)
            case .bookmark, .trouble: break
            }
        }
    }

    private func hear(_ state: inout State, _ id: Identity, _ object: JSONValue?, version: Int64) {
        var link = state.links[id] ?? Link()
        if id.resource == .nodes, !nodes.contains(id.key.name) { return }
        guard version > max(link.base?.version ?? -1, link.news?.version ?? -1) else { return }
        var object = object
        object?["apiVersion"] = .string(id.resource.apiVersion)
        object?["kind"] = .string(id.resource.kind)
        link.news = (object, version)
        if !link.isSending, needed(id, link).isEmpty { takeNews(id, &link) }
        state.links[id] = link.isEmpty ? nil : link
    }

    private func takeNews(_ id: Identity, _ link: inout Link) {
        guard let news = link.news else { return }
        link.news = nil
        link.base = news.object
        if let object = news.object {
            if link.deleted == object.uid { return }
            link.deleted = nil
            put(id, object)
        } else {
            link.deleted = nil
            put(id, nil)
        }
    }

    private func put(_ id: Identity, _ object: JSONValue?) {
        server.withCore { core in
            if let known = core.store.object(id.resource.id, id.key), known.uid != object?.uid {
                _ = core.store.remove(id.resource.id, id.key)
            }
            if let object { _ = core.store.put(id.resource.id, id.key, object) }
        }
    }

    // MARK: to the API

    private func needed(_ id: Identity, _ link: Link) -> [RemoteWrite] {
        let wanted = server.withCore { $0.store.object(id.resource.id, id.key) }
        if wanted == nil, let deleted = link.deleted, deleted == link.base?.uid { return [] }
        return RemoteWrite.needed(id.resource, from: link.base, to: wanted)
    }

    /// The objects about which the API is to be told something, since the last call. Who gets one sends until `next` is nil.
    func unsent() -> [Identity] {
        state.withLock { state in
            let (changes, revision) = server.withCore { core in
                (core.store.changes(after: state.cursor).map(Array.init), core.store.revision)
            }
            state.cursor = revision
            return changed(changes, state).filter { id in
                var link = state.links[id] ?? Link()
                guard !link.isSending, !needed(id, link).isEmpty else { return false }
                link.isSending = true
                state.links[id] = link
                return true
            }
        }
    }

    /// - Parameter changes: nil when some are forgotten.
    private func changed(_ changes: [StoreEvent]?, _ state: State) -> Set<Identity> {
        if let changes {
            return Set(changes.compactMap { change in resources[change.resource].map { Identity(resource: $0, key: change.key) } })
        }
        let objects = server.withCore { $0.store.objects }
        return objects.reduce(into: Set(state.links.keys)) { changed, entry in
            guard let resource = resources[entry.key] else { return }
            changed.formUnion(entry.value.keys.map { Identity(resource: resource, key: $0) })
        }
    }

    /// What is still to be sent of an object that `unsent` gave out; with nil it is given back.
    func next(_ id: Identity) -> Transfer? {
        state.withLock { state in
            var link = state.links[id] ?? Link()
            let writes = needed(id, link)
            if !writes.isEmpty { return Transfer(base: link.base, writes: writes) }
            link.isSending = false
            takeNews(id, &link)
            state.links[id] = link.isEmpty ? nil : link
            return nil
        }
    }

    /// - Parameter object: as the API has it now; nil when it is on its way out.
    func sent(_ id: Identity, _ object: JSONValue?) {
        state.withLock { state in
            var link = state.links[id] ?? Link()
            link.failures = 0
            if let object {
                let object = MirroredObject(object).json
                link.base = object
                if object.version > link.news?.version ?? -1 { link.news = (object, object.version) }
            } else {
                link.deleted = link.base?.uid
            }
            state.links[id] = link
        }
    }

    /// Returns how often in a row it failed now.
    func failed(_ id: Identity) -> Int {
        state.withLock { state in
            state.links[id, default: Link()].failures += 1
            return state.links[id]?.failures ?? 1
        }
    }

    /// What was to be sent is given up for what the API has.
    func overrule(_ id: Identity, _ object: JSONValue?) {
        state.withLock { state in
            var link = state.links[id] ?? Link()
            link.deleted = nil
            if let object = object.map({ MirroredObject($0).json }) {
                if object.version > link.news?.version ?? -1 { link.news = (object, object.version) }
                takeNews(id, &link)
            } else {
                link.deleted = link.base?.uid
                put(id, nil)
            }
            state.links[id] = link
        }
    }

    /// Events are kept to count them up; an API forgets them after an hour.
    func forgetEvents(before time: Timestamp) {
        state.withLock { state in
            for (id, link) in state.links where id.resource == .coreEvents && !link.isSending {
                guard let last = link.base.flatMap({ Timestamp($0.string("lastTimestamp")) }), last < time else { continue }
                state.links[id] = nil
                put(id, nil)
            }
        }
    }

    /// Says that an event, which nobody needs, is told.
    func drop(_ id: Identity) {
        state.withLock { state in
            state.links[id] = Link(base: server.withCore { $0.store.object(id.resource.id, id.key) })
        }
    }
}

extension Mirror.Identity: CustomStringConvertible {
    var description: String { "\(resource) \(key)" }
}

extension JSONValue {
    fileprivate var version: Int64 { Int64(string("metadata", "resourceVersion")) ?? 0 }
}
