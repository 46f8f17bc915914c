package import KubernetesModel
package import PKI

/// What a leaf's Secret says, as far as decisions need it: no PEM and no key, of thousands of leaves.
package enum LeafContent: Sendable, Hashable {
    /// Cannot be used, whatever the time is.
    case broken(IssueReason)
    case usable(LeafSummary)

    package init(_ data: TLSData) {
        if let fault = data.fault {
            self = .broken(fault)
        } else if let certificate = data.certificate {
            self = .usable(LeafSummary(certificate, trusting: data.authority))
        } else {
            self = .broken(.unreadable)
        }
    }

    package var summary: LeafSummary? {
        if case .usable(let summary) = self { summary } else { nil }
    }
}

package struct LeafSummary: Sendable, Hashable {
    package var validity: Validity
    /// Of the authority in the same Secret, where it issued the leaf.
    package var authority: String?
    /// When the authority's certificate in the same Secret ends.
    package var authorityEnd: Timestamp?
    package var names: NameList
    /// 0 to 1, another one for each certificate and the same one on every replica.
    package var jitter: Double

    init(_ certificate: Certificate, trusting authority: Certificate?) {
        validity = certificate.validity
        let issuer = authority.flatMap { certificate.isIssued(by: $0) ? $0 : nil }
        self.authority = issuer?.authorityIdentifier
        authorityEnd = issuer?.notAfter
        names = NameList(certificate.names)
        jitter = Double(UInt32(certificate.fingerprint.prefix(8), radix: 16) ?? 0) / Double(UInt32.max)
    }

    /// When it stops being of use: with itself, or with what its Secret trusts.
    package var end: Timestamp { authorityEnd.map { min($0, validity.notAfter) } ?? validity.notAfter }

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
