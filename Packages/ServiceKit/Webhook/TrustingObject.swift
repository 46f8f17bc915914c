import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel

/// A webhook configuration or CRD that calls this service: of its content only how it calls.
struct TrustingObject: CachedObject {
    /// One way in which the API server calls this service.
    struct Caller: Sendable, Hashable {
        /// `webhooks[0]`, `spec.conversion`
        var path: String
        /// PEM; empty where it is not injected yet.
        var bundle: [UInt8] = []
        /// The name that the certificate must hold.
        var host: String?
    }

    var identity = ObjectIdentity()
    var callers: [Caller] = []

    init(scanning scanner: inout JSONScanner) throws {
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata": identity = try ObjectIdentity(scanningMetadata: &scanner)
            case "webhooks":
                if try scanner.null() { return }
                try scanner.forEachElement { scanner in
                    callers.append(try Caller(path: "webhooks[\(callers.count)]", scanning: &scanner))
                }
            case "spec": try scanner.forEachKey { key, scanner in try scanSpec(key, &scanner) }
            default: try scanner.skip()
            }
        }
    }

    private mutating func scanSpec(_ key: JSONKey, _ scanner: inout JSONScanner) throws {
        guard key.string == "conversion" else { return try scanner.skip() }
        if try scanner.null() { return }
        try scanner.forEachKey { key, scanner in
            guard key.string == "webhook" else { return try scanner.skip() }
            if try scanner.null() { return }
            callers.append(try Caller(path: "spec.conversion.webhook", scanning: &scanner))
        }
    }
}

extension TrustingObject.Caller {
    init(path: String, scanning scanner: inout JSONScanner) throws {
        self.path = path
        var caller = self
        try scanner.forEachKey { key, scanner in
            guard key.string == "clientConfig" else { return try scanner.skip() }
            if try scanner.null() { return }
            try scanner.forEachKey { key, scanner in
                switch key {
                case "caBundle": caller.bundle = Base64.decode(try scanner.optionalString()) ?? []
                case "service": caller.host = try Self.host(&scanner)
                default: try scanner.skip()
                }
            }
        }
        self = caller
    }

    /// The API server asks a Service's certificate for this name, whatever the cluster's domain is.
    private static func host(_ scanner: inout JSONScanner) throws -> String? {
        if try scanner.null() { return nil }
        var (name, namespace) = ("", "")
        try scanner.forEachKey { key, scanner in
            switch key {
            case "name": name = try scanner.optionalString()
            case "namespace": namespace = try scanner.optionalString()
            default: try scanner.skip()
            }
        }
        return name.isEmpty || namespace.isEmpty ? nil : "\(name).\(namespace).svc"
    }
}
