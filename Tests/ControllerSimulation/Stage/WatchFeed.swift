import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane

/// The watches of one process: what the API told each, and the process has not read yet.
struct WatchFeed {
    private struct Line {
        let informer: any WatchFed
        let resource: GroupResource
        let selection: LabelSelection
        var waiting: [StoreEvent] = []
    }

    private var lines: [Line]
    /// Events that wait, of all watches.
    private(set) var waiting = 0

    init(_ informers: [any WatchFed]) {
        lines = informers.map {
            Line(
                informer: $0, resource: GroupResource(group: $0.resource.group, plural: $0.resource.plural),
                selection: LabelSelection($0.labelSelector))
        }
    }

    var count: Int { lines.count }
    /// Watches that have something to tell.
    var busy: Int { lines.count { !$0.waiting.isEmpty } }

    mutating func append(_ event: StoreEvent) {
        // a resource may be watched more than once, with other selectors
        for index in lines.indices where lines[index].resource == event.resource {
            guard let told = lines[index].selection.tells(event) else { continue }
            lines[index].waiting.append(told)
            waiting += 1
        }
    }

    /// Tells the next event of one of the watches that have one.
    /// - Returns: what was told.
    mutating func deliver(_ choice: Int) throws -> StoreEvent? {
        var left = choice
        for index in lines.indices where !lines[index].waiting.isEmpty {
            guard left == 0 else {
                left -= 1
                continue
            }
            let event = lines[index].waiting.removeFirst()
            waiting -= 1
            try lines[index].informer.take(tree: event.kind == .deleted ? .deleted(event.object) : .applied(event.object))
            return event
        }
        return nil
    }

    /// Lists one resource anew, as after a watch that broke.
    /// - Returns: what the watch had not told yet.
    mutating func relist(_ index: Int, _ server: APIServer) throws -> [StoreEvent] {
        let informer = lines[index].informer
        let (all, revision) = server.stored(lines[index].resource)
        let missed = lines[index].waiting
        waiting -= missed.count
        lines[index].waiting = []
        try informer.take(tree: .initialStart)
        for object in all where lines[index].selection.matches(object) { try informer.take(tree: .initial(object)) }
        try informer.take(tree: .initialDone(resourceVersion: String(revision)))
        return missed
    }
}

/// The label selectors that informers have: keys that exist, keys that do not, and keys with a value.
struct LabelSelection: Sendable {
    private enum Wish: Sendable { case present, absent, value(String) }

    private var wishes: [(key: String, wish: Wish)] = []

    init(_ text: String?) {
        for part in (text ?? "").split(separator: ",") {
            let sides = part.split(separator: "=").map(String.init)
            if part.hasPrefix("!") {
                wishes.append((String(part.dropFirst()), .absent))
            } else {
                wishes.append((sides[0], sides.count > 1 ? .value(sides[1]) : .present))
            }
        }
    }

    /// What a watch says of a change: an object that is not selected any more is gone for it.
    func tells(_ event: StoreEvent) -> StoreEvent? {
        if matches(event.object) { return event }
        guard event.kind == .modified, let previous = event.previous, matches(previous) else { return nil }
        var told = event
        told.kind = .deleted
        return told
    }

    func matches(_ object: JSONValue) -> Bool {
        guard !wishes.isEmpty else { return true }
        let labels = object[path: "metadata", "labels"]
        return wishes.allSatisfy { key, wish in
            let found = labels?[key]?.stringValue
            return switch wish {
            case .present: found != nil
            case .absent: found == nil
            case .value(let value): found == value
            }
        }
    }
}
