import JSON
import KubernetesModel

/// The control plane's state on disk: a snapshot, and a log of the changes since. Each line is one object or one removal.
struct StateDirectory: Sendable {
    var path: String

    private var snapshot: String { "\(path)/snapshot.jsonl" }
    var log: String { "\(path)/log.jsonl" }

    init(path: String) throws {
        self.path = path
        try Files.makeDirectory(path)
    }

    /// Reads what there is into `core`, and begins a new log on a new snapshot.
    func restore(_ core: inout APICore) throws {
        for file in [snapshot, log] {
            guard let bytes = try Files.read(file) else { continue }
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                // The last line of a log may be cut by a kill.
                guard let entry = try? JSONValue(parsing: Array(line)) else { continue }
                core.store.restore(
                    GroupResource(group: entry.string("group"), plural: entry.string("plural")),
                    ObjectKey(namespace: entry.string("namespace"), name: entry.string("name")),
                    entry["object"].flatMap { $0.isNull ? .none : $0 },
                    revision: entry["revision"]?.intValue ?? 0)
            }
        }
        for definition in core.store.all(CustomResourceDefinitions.resource).values {
            CustomResourceDefinitions.register(definition, in: &core.registry)
        }
        try save(core)
    }

    /// A new snapshot with an empty log. A crash between the two leaves a log whose lines the snapshot already has: harmless.
    func save(_ core: APICore) throws {
        var bytes: [UInt8] = []
        for (resource, objects) in core.store.objects {
            for (key, object) in objects {
                let revision = Int64(object.string("metadata", "resourceVersion")) ?? 0
                bytes += Self.line(resource, key, object, revision: revision)
            }
        }
        bytes += Self.line(GroupResource(group: "", plural: ""), ObjectKey(name: ""), nil, revision: core.store.revision)
        try Files.replace(snapshot, with: bytes)
        try Files.replace(log, with: [])
    }

    static func lines(_ changes: ArraySlice<StoreEvent>) -> [UInt8] {
        changes.reduce(into: []) { bytes, change in
            bytes += line(change.resource, change.key, change.kind == .deleted ? .none : change.object, revision: change.revision)
        }
    }

    private static func line(_ resource: GroupResource, _ key: ObjectKey, _ object: JSONValue?, revision: Int64) -> [UInt8] {
        let entry: JSONValue = [
            "group": .string(resource.group), "plural": .string(resource.plural), "namespace": .string(key.namespace),
            "name": .string(key.name), "revision": .int(revision), "object": object ?? .null,
        ]
        return entry.serialized() + [UInt8(ascii: "\n")]
    }

    /// Certificates and token, made once, so that a kubeconfig stays good across restarts.
    func credentials() throws -> Credentials {
        let file = "\(path)/credentials.json"
        if let bytes = try Files.read(file), let json = try? JSONValue(parsing: bytes), !json.string("token").isEmpty {
            return Credentials(
                certificates: Certificates(
                    authority: json.string("authority"), certificate: json.string("certificate"), key: json.string("key")),
                token: json.string("token"))
        }
        let made = try Credentials.make()
        let json: JSONValue = [
            "authority": .string(made.certificates.authority), "certificate": .string(made.certificates.certificate),
            "key": .string(made.certificates.key), "token": .string(made.token),
        ]
        try Files.replace(file, with: json.serialized())
        return made
    }
}

/// What the server proves itself with and what its administrator does.
struct Credentials: Sendable {
    var certificates: Certificates
    var token: String

    static func make() throws -> Credentials {
        var identifiers = IdentifierSource.random
        let token = (0..<4).map { _ in IdentifierSource.hex(identifiers.number()) }.joined()
        return Credentials(certificates: try Certificates.make(addresses: []), token: token)
    }
}
