import KubernetesClient
package import PKI

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

    package init(_ text: TLSText) {
        self.init(
            certificate: Self.certificate(text.certificate), key: try? PrivateKey(pem: Base64.decode(text.key) ?? []),
            authority: Self.certificate(text.authority))
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
