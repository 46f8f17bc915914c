import JSON
import KubernetesClient
package import PKI
import SpiceTypes

/// The members of a Secret of the type `kubernetes.io/tls`, read or not. Shows nothing of the key.
package struct TLSData: Sendable, CustomStringConvertible {
    /// The first certificate of `tls.crt`.
    package var certificate: Certificate?
    package var key: PrivateKey?
    /// The first certificate of `ca.crt`, which is the one that nodes trust.
    package var authority: Certificate?

    package init(certificate: Certificate? = nil, key: PrivateKey? = nil, authority: Certificate? = nil) {
        self.certificate = certificate
        self.key = key
        self.authority = authority
    }

    /// Reads `data`.
    init(scanning scanner: inout JSONScanner) throws {
        self.init()
        if try scanner.null() { return }
        try scanner.forEachKey { key, scanner in
            switch key.string {
            case NodeCertificate.certificate: certificate = Self.certificate(try scanner.optionalString())
            case NodeCertificate.key: self.key = try? PrivateKey(pem: Base64.decode(try scanner.optionalString()) ?? [])
            case NodeCertificate.authority: authority = Self.certificate(try scanner.optionalString())
            default: try scanner.skip()
            }
        }
    }

    private static func certificate(_ text: String) -> Certificate? {
        (try? Certificate.all(pem: Base64.decode(text) ?? []))?.first
    }

    package var description: String { "certificate \(certificate?.fingerprint ?? "unreadable")" }

    /// Both halves, where they belong together.
    package var pair: KeyPair? {
        guard let certificate, let key, certificate.matches(key) else { return nil }
        return KeyPair(certificate: certificate, key: key)
    }

    /// Why the two halves cannot be used.
    package var fault: IssueReason? {
        guard let certificate, let key else { return .unreadable }
        return certificate.matches(key) ? nil : .keyMismatch
    }
}
