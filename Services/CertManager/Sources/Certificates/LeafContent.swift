package import KubernetesModel
package import PKI

/// What a leaf's Secret says, as far as decisions need it: no PEM and no key, of thousands of leaves.
package enum LeafContent: Sendable, Hashable {
    /// Cannot be used, whatever the time is.
    case broken(IssueReason)
    case usable(LeafSummary)

    package init(_ data: TLSData) {
        guard data.fault == nil, let certificate = data.certificate, let authority = data.authority else {
            self = .broken(data.fault ?? .unreadable)
            return
        }
        guard certificate.isIssued(by: authority) else {
            self = .broken(.replaced)
            return
        }
        self = .usable(LeafSummary(certificate, issuedBy: authority))
    }

    package var summary: LeafSummary? {
        if case .usable(let summary) = self { summary } else { nil }
    }
}

package struct LeafSummary: Sendable, Hashable {
    package var validity: Validity
    /// Of the authority in the same Secret, which issued it.
    package var authority: String
    /// When that authority's certificate ends.
    package var authorityEnd: Timestamp
    package var names: NameList
    /// 0 to 1, another one for each certificate and the same one on every replica.
    package var jitter: Double

    init(_ certificate: Certificate, issuedBy issuer: Certificate) {
        validity = certificate.validity
        authority = issuer.authorityIdentifier
        authorityEnd = issuer.notAfter
        names = NameList(certificate.names)
        jitter = Double(UInt32(certificate.fingerprint.prefix(8), radix: 16) ?? 0) / Double(UInt32.max)
    }

    /// When it stops being of use: with itself, or with what its Secret trusts.
    package var end: Timestamp { min(authorityEnd, validity.notAfter) }

    package func renewal(_ terms: CertificateTerms) -> Timestamp {
        terms.renewal(of: Validity(notBefore: validity.notBefore, notAfter: end), jitter: jitter)
    }
}

/// The names of a certificate, whatever their order.
package struct NameList: Sendable, Hashable {
    /// One string: there are thousands of these.
    private let text: String

    package init(_ names: [SubjectName]) {
        text = Set(names.map(Self.text)).sorted().joined(separator: ",")
    }

    private static func text(_ name: SubjectName) -> String {
        switch name {
        case .dns(let host): host
        case .address(let bytes): bytes.map(String.init).joined(separator: "/")
        }
    }
}
