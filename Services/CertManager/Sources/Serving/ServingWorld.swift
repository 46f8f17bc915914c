package import ControllerRuntime
package import KubernetesModel
package import PKI

/// All that the plan for a serving certificate is made from, read at one moment.
package struct ServingWorld: Sendable {
    /// The Secret's name.
    package var secret: String
    /// What asks for it, in a fixed order.
    package var callers: [Reference]
    package var authority: KeyPair
    package var leaf: LeafContent?
    package var now: Timestamp

    package struct Reference: Sendable, Hashable {
        package var resource: ResourceType
        package var identity: ObjectIdentity
        package var caller: WebhookObject.Caller
    }
}

/// What is to be done for a serving certificate now.
package struct ServingPlan: Sendable {
    /// Before the certificate: who calls trusts an authority before anybody is greeted with what it issued.
    package var bundles: [BundleChange] = []
    package var issue: IssueReason?
    package var names: [SubjectName] = []
    package var lookAgain: Duration
}

/// What a caller is to trust from now on.
package struct BundleChange: Sendable, Hashable {
    package var reference: ServingWorld.Reference
    package var bundle: [Certificate]
}
