import ControllerRuntime
import JSON
import KubernetesClient

/// The Secret of a serving certificate (`kubernetes.io/tls`). Shows nothing of its key in logs.
struct ServingSecret: CachedObject, CustomStringConvertible {
    var identity = ObjectIdentity()
    private var members: [String: String] = [:]

    init(scanning scanner: inout JSONScanner) throws {
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata": identity = try ObjectIdentity(scanningMetadata: &scanner)
            case "data":
                if try scanner.null() { return }
                try scanner.forEachKey { key, scanner in
                    switch key {
                    case "tls.crt", "tls.key": members[key.string] = try scanner.optionalString()
                    default: try scanner.skip()
                    }
                }
            default: try scanner.skip()
            }
        }
    }

    /// - Throws: what is wrong with the Secret, by its key.
    func certificate() throws -> ServingCertificate {
        try ServingCertificate(chain: bytes("tls.crt"), key: bytes("tls.key"))
    }

    private func bytes(_ name: String) -> [UInt8] {
        members[name].flatMap { Base64.decode($0) } ?? []
    }

    var description: String { "Secret \(identity.key)" }
}
