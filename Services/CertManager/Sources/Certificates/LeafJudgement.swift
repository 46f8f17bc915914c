package import KubernetesModel

/// Whether a leaf is to be issued now, and when to look at it again. The same for nodes and for webhooks.
package enum LeafJudgement: Sendable, Hashable {
    case issue(IssueReason)
    /// It is good, at least until then.
    case good(until: Timestamp)
    /// It ought to be issued, and would be no better: the authority has to be renewed first.
    case waits(IssueReason)

    /// - Parameters:
    ///   - content: nil where there is no Secret.
    ///   - isOwners: whether the Secret belongs to who it is for.
    package init(
        _ content: LeafContent?, isOwners: Bool = true, names: NameList, authority: KeyPair, terms: CertificateTerms, now: Timestamp
    ) {
        func issue(_ reason: IssueReason) -> LeafJudgement {
            authority.validity.fault(at: now) == nil ? .issue(reason) : .waits(reason)
        }
        guard let content else { self = issue(.missing); return }
        switch content {
        case .broken(let reason): self = issue(reason)
        case .usable(let leaf):
            if leaf.authority != authority.authorityIdentifier {
                self = issue(.issuerChanged)
            } else if leaf.names != names {
                self = issue(.namesChanged)
            } else if !isOwners {
                self = issue(.ownerChanged)
            } else if let fault = leaf.validity.fault(at: now) {
                self = issue(fault)
            } else {
                let renewal = leaf.renewal(terms)
                // A leaf never outlives its authority. One that lives as long already gains nothing before that is renewed.
                let gains = leaf.end < authority.validity.notAfter
                self = renewal > now ? .good(until: renewal) : gains ? issue(.renewal) : .waits(.renewal)
            }
        }
    }
}
