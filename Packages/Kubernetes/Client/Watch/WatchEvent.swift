public import JSON
public import KubernetesModel

/// One line of a watch.
public enum WatchEvent<Object: JSONScannable & Sendable>: Sendable {
    case added(Object, resourceVersion: String)
    case modified(Object, resourceVersion: String)
    /// With the object's last state.
    case deleted(Object, resourceVersion: String)
    /// Nothing happened up to here.
    case bookmark(resourceVersion: String)
    /// The watch is over.
    case error(APIStatus)
}

extension WatchEvent: JSONScannable {
    /// Scans `{"type": …, "object": …}` in either order.
    public init(scanning scanner: inout JSONScanner) throws {
        var type: String?
        var early: [UInt8]?
        var event: WatchEvent?
        try scanner.forEachKey { key, scanner in
            switch key {
            case "type": type = try scanner.string()
            case "object":
                if let type {
                    event = try WatchEvent(type: type, object: &scanner)
                } else {
                    early = try scanner.rawBytes()
                }
            default: try scanner.skip()
            }
        }
        if event == nil, let type, let early {
            event = try JSONScanner.scan(early) { try WatchEvent(type: type, object: &$0) }
        }
        guard let event else { throw JSONError(.missing, path: type == nil ? "type" : "object", "is required") }
        self = event
    }

    private init(type: String, object scanner: inout JSONScanner) throws {
        switch type {
        case "ADDED":
            let version = try Self.resourceVersion(scanner)
            self = .added(try Object(scanning: &scanner), resourceVersion: version)
        case "MODIFIED":
            let version = try Self.resourceVersion(scanner)
            self = .modified(try Object(scanning: &scanner), resourceVersion: version)
        case "DELETED":
            let version = try Self.resourceVersion(scanner)
            self = .deleted(try Object(scanning: &scanner), resourceVersion: version)
        case "BOOKMARK":
            let version = try Self.resourceVersion(scanner)
            try scanner.skip()
            self = .bookmark(resourceVersion: version)
        case "ERROR":
            self = .error(try JSONTreeDecoder().decode(APIStatus.self, from: try scanner.value()))
        default: throw JSONError(.mismatch, path: "type", "unknown type of event \"\(type)\"")
        }
    }

    /// Ends a scan early.
    private struct Found: Error {}

    /// `metadata.resourceVersion` of the object that comes next, which is not consumed: objects keep only what they need, and
    /// where to resume is the watch's business.
    private static func resourceVersion(_ scanner: JSONScanner) throws -> String {
        var probe = scanner
        var version = ""
        do {
            try probe.forEachKey { key, probe in
                guard "metadata" ~= key else { return try probe.skip() }
                try probe.forEachKey { key, probe in
                    guard "resourceVersion" ~= key else { return try probe.skip() }
                    version = try probe.string()
                    throw Found()
                }
                throw Found()
            }
        } catch is Found {}
        guard !version.isEmpty else { throw JSONError(.missing, path: "object.metadata.resourceVersion", "is required") }
        return version
    }
}
