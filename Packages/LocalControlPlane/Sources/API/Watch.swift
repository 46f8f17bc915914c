import JSON
import KubernetesModel

/// An accepted watch: what to send and from where.
struct Watch: Sendable {
    var resource: Resource
    var filter: ObjectFilter
    var format: OutputFormat
    var includeObject: String
    var sendsBookmarks: Bool
    var timeoutSeconds: Int64?
    /// Objects to send as ADDED first.
    var initial: [JSONValue] = []
    var marksEndOfInitial = false
    /// Changes after this one are sent.
    var revision: Int64 = 0
    /// A table's columns are sent once.
    var sentColumns = false
}

extension APICore {
    /// Everything the watch has to send now, one line an event, and the watch moved on. An ERROR line ends it.
    func lines(_ watch: inout Watch) -> (lines: [JSONValue], isOver: Bool) {
        var lines: [JSONValue] = []
        for object in watch.initial { lines.append(line("ADDED", object, &watch)) }
        if watch.marksEndOfInitial {
            lines.append(bookmark(watch, annotations: ["k8s.io/initial-events-end": "true"]))
        }
        watch.initial = []
        watch.marksEndOfInitial = false
        guard let changes = store.changes(after: watch.revision) else {
            let status = StatusError(410, "Expired", "too old resource version: \(watch.revision) (\(store.compactedRevision))")
            return (lines + [["type": "ERROR", "object": status.json]], true)
        }
        for change in changes where change.resource == watch.resource.storage {
            let isMatch = change.kind != .deleted && watch.filter.matches(change.key, change.object)
            let wasMatch = change.previous.map { watch.filter.matches(change.key, $0) } ?? false
            switch (wasMatch, isMatch) {
            case (false, true): lines.append(line("ADDED", change.object, &watch))
            case (true, true): lines.append(line("MODIFIED", change.object, &watch))
            case (true, false):
                var last = change.kind == .deleted ? change.object : change.previous ?? change.object
                last["metadata", "resourceVersion"] = .string(String(change.revision))
                lines.append(line("DELETED", last, &watch))
            case (false, false): break
            }
        }
        watch.revision = store.revision
        return (lines, false)
    }

    func bookmark(_ watch: Watch, annotations: JSONValue? = nil) -> JSONValue {
        var metadata: JSONValue = ["resourceVersion": .string(String(store.revision)), "creationTimestamp": .null]
        metadata["annotations"] = annotations
        let isTable = watch.format == .table
        let apiVersion = watch.format == .object ? watch.resource.apiVersion : "meta.k8s.io/v1"
        let kind = isTable ? "Table" : watch.format == .object ? watch.resource.kind : "PartialObjectMetadata"
        var object: JSONValue = ["kind": .string(kind), "apiVersion": .string(apiVersion), "metadata": metadata]
        if isTable {
            object["columnDefinitions"] = nil
            object["rows"] = []
        }
        return ["type": "BOOKMARK", "object": object]
    }

    private func line(_ type: String, _ object: JSONValue, _ watch: inout Watch) -> JSONValue {
        let shown = presented(object, watch.resource)
        let body: JSONValue
        switch watch.format {
        case .object: body = shown
        case .partialMetadata: body = Self.partialMetadata(shown)
        case .table:
            var table = table(
                [shown], watch.resource, metadata: ["resourceVersion": object["metadata", "resourceVersion"] ?? ""],
                includeObject: watch.includeObject)
            if watch.sentColumns { table["columnDefinitions"] = nil }
            watch.sentColumns = true
            body = table
        }
        return ["type": .string(type), "object": body]
    }
}
