/// What is to be done for a cluster's root CA now.
package struct AuthorityPlan: Sendable {
    /// Before anything else: then a new plan is made.
    package var write: AuthorityWrite?
    package var status: CertificateStatus
    package var events: [PlannedEvent] = []
    /// When to look again although nothing changes.
    package var lookAgain: Duration?
    /// What a person has to do something about.
    package var trouble: Trouble?
}

/// A root CA's Secret as it is to be.
package enum AuthorityWrite: Sendable, Hashable {
    /// A new certificate.
    case issue(IssueReason, keepsKey: Bool)
    /// The same certificate and key, in order.
    case restate
    /// The same, with the rotation over.
    case settle
}

/// Something to tell on an object.
package struct PlannedEvent: Sendable, Hashable {
    package var isWarning: Bool
    package var reason: Reason
    package var action: String
    package var note: String
}
