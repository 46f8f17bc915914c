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
    /// Of the answer.
    var headers: [(name: String, value: String)] = []
}

/// What a watch has to send, before objects are brought into its version.
enum WatchEvent: Sendable {
    case line(JSONValue)
    case object(type: String, JSONValue)
}

extension APICore {
    /// Everything the watch has to send now, and the watch moved on. An ERROR line ends it.
    func events(_ watch: inout Watch) -> (events: [WatchEvent], isOver: Bool) {
        var lines = watch.initial.map { WatchEvent.object(type: "ADDED", $0) }
        if watch.marksEndOfInitial {
            lines.append(.line(bookmark(watch, annotations: ["k8s.io/initial-events-end": "true"])))
        }
        watch.initial = []
        watch.marksEndOfInitial = false
        guard let changes = store.changes(after: watch.revision) else {
            let status = StatusError(410, "Expired", "too old resource version: \(watch.revision) (\(store.compactedRevision))")
            return (lines + [.line(Self.errorLine(status))], true)
        }
        for change in changes where change.resource == watch.resource.storage {
            let isMatch = change.kind != .deleted && watch.filter.matches(change.key, change.object)
            let wasMatch = change.previous.map { watch.filter.matches(change.key, $0) } ?? false
            switch (wasMatch, isMatch) {
            case (false, true): lines.append(.object(type: "ADDED", change.object))
            case (true, true): lines.append(.object(type: "MODIFIED", change.object))
            case (true, false):
                var last = change.kind == .deleted ? change.object : change.previous ?? change.object
                last["metadata", "resourceVersion"] = .string(String(change.revision))
                lines.append(.object(type: "DELETED", last))
            case (false, false): break
            }
        }
        watch.revision = store.revision
        return (lines, false)
    }

    static func errorLine(_ error: StatusError) -> JSONValue { ["type": "ERROR", "object": error.json] }

    /// Events as the watch shows them, one line each.
    func lines(_ events: [WatchEvent], _ watch: inout Watch) throws(StatusError) -> [JSONValue] {
        let objects = events.compactMap { if case .object(_, let object) = $0 { object } else { nil } }
        var shown = try presented(objects, watch.resource)[...]
        var lines: [JSONValue] = []
        for event in events {
            switch event {
            case .line(let line): lines.append(line)
            case .object(let type, _): if let object = shown.popFirst() { lines.append(line(type, object, &watch)) }
            }
        }
        return lines
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

    private func line(_ type: String, _ shown: JSONValue, _ watch: inout Watch) -> JSONValue {
        let body: JSONValue
        switch watch.format {
        case .object: body = shown
        case .partialMetadata: body = Self.partialMetadata(shown)
        case .table:
            var table = table(
                [shown], watch.resource, metadata: ["resourceVersion": shown["metadata", "resourceVersion"] ?? ""],
                includeObject: watch.includeObject)
            if watch.sentColumns { table["columnDefinitions"] = nil }
            watch.sentColumns = true
            body = table
        }
        return ["type": .string(type), "object": body]
    }
}
