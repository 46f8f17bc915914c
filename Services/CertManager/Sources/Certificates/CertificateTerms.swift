package import KubernetesModel

/// How long certificates are valid, and when they are renewed.
public struct CertificateTerms: Sendable, Hashable {
    /// From the moment of issuing on.
    public var lifetime: Duration
    /// The share of the lifetime that is left when a certificate is renewed.
    public var renewBeforeFraction: Double

    public init(lifetime: Duration, renewBeforeFraction: Double = 1.0 / 3) {
        self.lifetime = lifetime
        self.renewBeforeFraction = renewBeforeFraction
    }

    public static let authority = CertificateTerms(lifetime: .seconds(87600 * 3600))
    public static let leaf = CertificateTerms(lifetime: .seconds(2160 * 3600))

    /// How far a certificate's beginning lies before its issuing: clocks of nodes differ.
    package static let backdating: Duration = .seconds(900)
    /// The share of its life by which a certificate may be renewed earlier than asked for, so that what was issued together is not
    /// renewed together.
    package static let spread = 0.05

    /// Of a certificate that is issued now.
    /// - Parameter limit: the end of its issuer, which it never outlives.
    package func validity(from now: Timestamp, until limit: Timestamp? = nil) -> Validity {
        let end = now.wholeSeconds + lifetime
        return Validity(notBefore: now.wholeSeconds + (.zero - Self.backdating), notAfter: limit.map { min($0, end) } ?? end)
    }

    /// When a certificate is to be renewed: of its life as it was issued, backdating not counted.
    /// - Parameter jitter: 0 to 1, a place within the spread.
    package func renewal(of validity: Validity, jitter: Double = 0) -> Timestamp {
        let life = max((validity.notAfter - validity.issuedAt).seconds, 0)
        let share = max(1 - renewBeforeFraction - Self.spread * jitter, 0)
        return validity.issuedAt + .milliseconds(Int64(life * share * 1000))
    }
}

/// When a certificate can be used.
package struct Validity: Sendable, Hashable {
    package var notBefore: Timestamp
    /// The last second.
    package var notAfter: Timestamp

    package init(notBefore: Timestamp, notAfter: Timestamp) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    package var issuedAt: Timestamp { notBefore + CertificateTerms.backdating }

    /// Why it cannot be used at that time.
    package func fault(at now: Timestamp) -> IssueReason? {
        if now > notAfter { return .expired }
        // the clock that it was issued by was ahead
        return now < notBefore ? .notYetValid : nil
    }
}

extension Duration {
    /// As a number, with the fraction.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
