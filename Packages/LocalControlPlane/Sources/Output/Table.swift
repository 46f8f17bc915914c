import JSON
import KubernetesModel

extension APICore {
    /// `meta.k8s.io/v1 Table`: what `kubectl get` prints.
    func table(_ objects: [JSONValue], _ resource: Resource, metadata: JSONValue, includeObject: String) -> JSONValue {
        let columns = TableColumns.columns(of: resource)
        let rows = objects.map { object -> JSONValue in
            let shown: JSONValue =
                switch includeObject {
                case "None": .null
                case "Object": object
                default: Self.partialMetadata(object)
                }
            return ["cells": .array(columns.map { $0.cell(object, now) }), "object": shown]
        }
        return [
            "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
            "columnDefinitions": .array(columns.map(\.definition)), "rows": .array(rows),
        ]
    }
}

/// One column of a table.
struct TableColumn: Sendable {
    var name: String
    var type = "string"
    var format = ""
    var description = ""
    var priority: Int64 = 0
    var cell: @Sendable (JSONValue, Timestamp) -> JSONValue

    var definition: JSONValue {
        [
            "name": .string(name), "type": .string(type), "format": .string(format), "description": .string(description),
            "priority": .int(priority),
        ]
    }

    static let name = TableColumn(name: "Name", format: "name", description: "Name must be unique within a namespace.") {
        object, _ in
        .string(object.name)
    }

    static let age = TableColumn(name: "Age", description: "The time since the object was created.") { object, now in
        .string(Age.text(since: object.string("metadata", "creationTimestamp"), now))
    }

    /// Shown by `-o wide` only.
    var wide: TableColumn {
        var column = self
        column.priority = 1
        return column
    }
}

enum Age {
    /// `5s`, `2m3s`, `3h12m`, `2d5h`, `48d`, `2y11d`: apimachinery's `HumanDuration`.
    static func text(since text: String, _ now: Timestamp) -> String {
        guard let start = Timestamp(text) else { return "<unknown>" }
        let seconds = max(0, now.unixSeconds - start.unixSeconds)
        func pair(_ major: Int64, _ unit: String, _ minor: Int64, _ small: String) -> String {
            minor == 0 ? "\(major)\(unit)" : "\(major)\(unit)\(minor)\(small)"
        }
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400)
        if seconds < 120 { return "\(seconds)s" }
        if minutes < 10 { return pair(minutes, "m", seconds % 60, "s") }
        if hours < 3 { return "\(minutes)m" }
        if hours < 8 { return pair(hours, "h", minutes % 60, "m") }
        if hours < 48 { return "\(hours)h" }
        if days < 8 { return pair(days, "d", hours % 24, "h") }
        if days < 365 * 2 { return "\(days)d" }
        if days < 365 * 8 { return pair(days / 365, "y", days % 365, "d") }
        return "\(days / 365)y"
    }
}
