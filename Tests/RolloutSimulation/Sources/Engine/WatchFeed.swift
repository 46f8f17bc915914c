import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane

/// The watches of one controller process: what the API told each, and the process has not read yet.
struct WatchFeed {
    private struct Line {
        let informer: any WatchFed
        let resource: GroupResource
        var waiting: [StoreEvent] = []
    }

    private var lines: [Line]
    /// Events that wait, of all watches.
    private(set) var waiting = 0

    init(_ informers: [any WatchFed]) {
        lines = informers.map {
            Line(informer: $0, resource: GroupResource(group: $0.resource.group, plural: $0.resource.plural))
        }
    }

    var count: Int { lines.count }

    mutating func append(_ event: StoreEvent) {
        guard let index = lines.firstIndex(where: { $0.resource == event.resource }), selects(event.object, index) else { return }
        lines[index].waiting.append(event)
        waiting += 1
    }

    /// All but sets are selected by label.
    private func selects(_ object: JSONValue, _ index: Int) -> Bool {
        ["spicepodsets", "storageclasses"].contains(lines[index].informer.resource.plural)
            || object[path: "metadata", "labels"]?["spice.ai/spicepod"] != nil
    }

    /// Tells the next event of one of the watches that have one.
    /// - Returns: what was told.
    mutating func deliver(_ choice: Int) throws -> StoreEvent? {
        let busy = lines.indices.filter { !lines[$0].waiting.isEmpty }
        guard !busy.isEmpty else { return nil }
        let index = busy[choice % busy.count]
        let event = lines[index].waiting.removeFirst()
        waiting -= 1
        try lines[index].informer.take(tree: event.kind == .deleted ? .deleted(event.object) : .applied(event.object))
        return event
    }

    /// Lists one resource anew, as after a watch that broke.
    mutating func relist(_ choice: Int, _ server: APIServer) throws -> [StoreEvent] {
        let index = choice % lines.count
        let informer = lines[index].informer
        let (all, revision) = server.stored(lines[index].resource)
        let objects = all.filter { selects($0, index) }
        let missed = lines[index].waiting
        waiting -= missed.count
        lines[index].waiting = []
        try informer.take(tree: .initialStart)
        for object in objects { try informer.take(tree: .initial(object)) }
        try informer.take(tree: .initialDone(resourceVersion: String(revision)))
        return missed
    }
}
