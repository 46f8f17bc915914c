package import ControllerRuntime
package import JSON
import KubernetesClient
import KubernetesModel
package import PKI

/// A webhook configuration or CRD that asks for a serving certificate by its label: of its content only how it calls.
package struct WebhookObject: CachedObject, Hashable {
    /// One way in which the API server calls.
    package struct Caller: Sendable, Hashable {
        /// JSON pointer of the `clientConfig`.
        package var path: String
        /// Of the list's element, where it is in a list: places move.
        package var name: String?
        /// Those that it may call; empty where no certificate could name it.
        package var hosts: [Host] = []
        /// What it trusts now; nil where that cannot be read.
        package var bundle: [Certificate]? = []
    }

    package enum Host: Sendable, Hashable {
        case service(name: String, namespace: String)
        case url(SubjectName)
    }

    package var identity = ObjectIdentity()
    /// The label's value.
    package var secret = ""
    package var callers: [Caller] = []

    package init(scanning scanner: inout JSONScanner) throws {
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata":
                identity = try ObjectIdentity(scanningMetadata: &scanner) { key, scanner in
                    switch key {
                    case "labels": secret = try scanner.stringMap()[SecretKind.servingLabel] ?? ""
                    default: try scanner.skip()
                    }
                }
            case "webhooks":
                if try scanner.null() { return }
                var index = 0
                try scanner.forEachElement { scanner in
                    if let caller = try Caller(path: "/webhooks/\(index)", scanning: &scanner) { callers.append(caller) }
                    index += 1
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
            if let caller = try Caller(path: "/spec/conversion/webhook", scanning: &scanner) { callers.append(caller) }
        }
    }
}

extension WebhookObject.Caller {
    /// nil where there is no `clientConfig`.
    init?(path: String, scanning scanner: inout JSONScanner) throws {
        var caller: Self?
        var name: String?
        try scanner.forEachKey { key, scanner in
            switch key {
            case "name": name = try scanner.optionalString()
            case "clientConfig":
                if try scanner.null() { return }
                caller = try Self(clientConfig: "\(path)/clientConfig", scanning: &scanner)
            default: try scanner.skip()
            }
        }
        caller?.name = name
        guard let caller else { return nil }
        self = caller
    }

    private init(clientConfig path: String, scanning scanner: inout JSONScanner) throws {
        var (bundle, hosts) = ([] as [Certificate]?, [WebhookObject.Host]())
        try scanner.forEachKey { key, scanner in
            switch key {
            case "caBundle":
                let text = try scanner.optionalString()
                bundle = text.isEmpty ? [] : Base64.decode(text).flatMap { try? Certificate.all(pem: $0) }
            case "url":
                let host = CachedCluster.host(of: try scanner.optionalString())
                if let name = host.flatMap(SubjectName.init(host:)) { hosts.append(.url(name)) }
            case "service":
                if try scanner.null() { return }
                var (name, namespace) = ("", "")
                try scanner.forEachKey { key, scanner in
                    switch key {
                    case "name": name = try scanner.optionalString()
                    case "namespace": namespace = try scanner.optionalString()
                    default: try scanner.skip()
                    }
                }
                if !name.isEmpty, !namespace.isEmpty { hosts.append(.service(name: name, namespace: namespace)) }
            default: try scanner.skip()
            }
        }
        self.init(path: path, hosts: hosts, bundle: bundle)
    }
}
