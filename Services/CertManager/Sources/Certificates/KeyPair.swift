import KubernetesClient
package import KubernetesModel
package import PKI

/// A certificate and its key, as Secrets of the type `kubernetes.io/tls` hold them. Shows nothing of the key.
package struct KeyPair: Sendable, CustomStringConvertible {
    package let certificate: Certificate
    package let key: PrivateKey
    /// Asked of an authority for every node that it has: kept.
    package let authorityIdentifier: String
    package let validity: Validity

    package init(certificate: Certificate, key: PrivateKey) {
        self.certificate = certificate
        self.key = key
        authorityIdentifier = certificate.authorityIdentifier
        validity = certificate.validity
    }

    package var description: String { "certificate \(certificate.fingerprint)" }

    /// A root that signs itself.
    /// - Parameter key: of the certificate before, where it is renewed; nil for a new one.
    package static func root(name: String, key: PrivateKey?, _ terms: CertificateTerms, now: Timestamp) throws(PKIError) -> KeyPair
    {
        let key = if let key { key } else { try PrivateKey.generate() }
        let validity = terms.validity(from: now)
        let profile = CertificateProfile(
            commonName: name, purpose: .authority, notBefore: validity.notBefore, notAfter: validity.notAfter)
        return KeyPair(certificate: try Certificate.selfSigned(profile, key: key), key: key)
    }

    /// A leaf with a key of its own, which this one signs.
    package func issue(
        name: String, _ purpose: CertificateProfile.Purpose, _ names: [SubjectName], _ terms: CertificateTerms, now: Timestamp
    ) throws(PKIError) -> KeyPair {
        let key = try PrivateKey.generate()
        let validity = terms.validity(from: now, until: certificate.notAfter)
        let profile = CertificateProfile(
            commonName: name, purpose: purpose, names: names, notBefore: validity.notBefore, notAfter: validity.notAfter)
        return KeyPair(certificate: try certificate.issue(profile, key: key, issuerKey: self.key), key: key)
    }

    /// The files of its Secret.
    /// - Parameter authority: its issuer, itself for a root. Exactly one: nodes trust the first of the file and no other.
    package func files(authority: Certificate) throws(PKIError) -> TLSText {
        var text = TLSText()
        text.certificate = Base64.encode(Array(try certificate.pem().utf8))
        text.key = Base64.encode(Array(try key.pem().utf8))
        text.authority = Base64.encode(Array(try authority.pem().utf8))
        return text
    }

    /// The files of a leaf that its authority has just issued, which therefore needs no second look when they come back.
    package func issuedFiles(authority: Certificate) throws(PKIError) -> TLSText {
        let text = try files(authority: authority)
        LeafMemo.shared.note(.usable(LeafSummary(certificate, issuedBy: authority)), of: text)
        return text
    }
}

extension Certificate {
    package var validity: Validity { Validity(notBefore: notBefore, notAfter: notAfter) }
}
