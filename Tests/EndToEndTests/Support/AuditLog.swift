import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes

/// What the API server wrote down about the requests it got.
struct AuditLog: Sendable {
    struct Entry: Sendable, CustomStringConvertible {
        var verb: String
        var resource: String
        var subresource: String
        var name: String
        var code: Int64

        var isWrite: Bool { ["create", "update", "patch", "delete", "deletecollection"].contains(verb) }
        var isLease: Bool { resource == "leases" }
        var description: String { "\(verb) \(resource)\(subresource.isEmpty ? "" : "/\(subresource)") \(name) \(code)" }
    }

    /// A place in the log.
    struct Mark: Sendable { fileprivate var offset: UInt64 }

    var path: String

    func mark() throws -> Mark {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return Mark(offset: (attributes[.size] as? NSNumber)?.uint64Value ?? 0)
    }

    /// Requests of a user agent in a namespace: watches as they start, all others once they are answered.
    func entries(since mark: Mark, agent: String, namespace: String) throws -> [Entry] {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try file.seek(toOffset: mark.offset)
        let data = try file.readToEnd() ?? Data()
        let needle = Data("\"\(namespace)\"".utf8)
        return try data.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard line.range(of: needle) != nil, line.last == UInt8(ascii: "}") else { return nil }
            let event = try JSONValue(parsing: Array(line))
            let reference = event["objectRef"]
            let verb = event["verb"]?.stringValue ?? ""
            guard reference?["namespace"]?.stringValue == namespace, event["userAgent"]?.stringValue?.hasPrefix(agent) == true,
                (event["stage"] == "ResponseComplete") != (verb == "watch")
            else { return nil }
            return Entry(
                verb: verb, resource: reference?["resource"]?.stringValue ?? "",
                subresource: reference?["subresource"]?.stringValue ?? "", name: reference?["name"]?.stringValue ?? "",
                code: event[path: "responseStatus", "code"]?.intValue ?? 0)
        }
    }

    /// Every line as it stands.
    func lines(since mark: Mark) throws -> [JSONValue] {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try file.seek(toOffset: mark.offset)
        let data = try file.readToEnd() ?? Data()
        return try data.split(separator: UInt8(ascii: "\n")).filter { $0.last == UInt8(ascii: "}") }.map {
            try JSONValue(parsing: Array($0))
        }
    }
}
