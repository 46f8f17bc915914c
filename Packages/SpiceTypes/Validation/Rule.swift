public import SpiceTypes

/// One thing that must hold of a SpicepodSet.
public struct Rule: Sendable, Identifiable {
    /// In kebab-case; `docs/validation.md` has a row for each.
    public let id: String
    public let severity: Finding.Severity
    /// Whether no right workload can be made while it is broken. Such an error holds the reconciler up at every level.
    public let isEssential: Bool
    /// What must hold, as a sentence.
    public let summary: String
    let check: @Sendable (Subject, inout Report) -> Void

    static func error(
        _ id: String, isEssential: Bool = false, _ summary: String, _ check: @escaping @Sendable (Subject, inout Report) -> Void
    ) -> Rule {
        Rule(id: id, severity: .error, isEssential: isEssential, summary: summary, check: check)
    }

    static func warning(_ id: String, _ summary: String, _ check: @escaping @Sendable (Subject, inout Report) -> Void) -> Rule {
        Rule(id: id, severity: .warning, isEssential: false, summary: summary, check: check)
    }
}

/// What is known beside the object itself.
public struct ValidationContext: Sendable {
    /// The object before an update; nil where it is new, or where nobody knows.
    public var old: SpicepodSet?
    /// Names of the cluster's StorageClasses; nil where they are not known, and nothing is said about them then.
    public var storageClasses: Set<String>?
    /// The port that nodes of the cluster's other role talk on; nil where it is not known.
    var peerPort: Int32?
    /// That port before the update.
    var oldPeerPort: Int32?

    public init(old: SpicepodSet? = nil, storageClasses: Set<String>? = nil) {
        self.old = old
        self.storageClasses = storageClasses
    }

    /// What was known of the object before the update.
    var former: ValidationContext {
        var former = ValidationContext(storageClasses: storageClasses)
        former.peerPort = oldPeerPort
        return former
    }
}

/// What the rules look at.
struct Subject: Sendable {
    let set: SpicepodSet
    let context: ValidationContext
    /// What the schema of its version says about the Spicepod: read once, told by several rules.
    let spicepod: SpicepodIssues

    init(_ set: SpicepodSet, _ context: ValidationContext) {
        self.set = set
        self.context = context
        let isExecutor = set.spec.cluster?.role == .executor
        spicepod = isExecutor ? SpicepodIssues() : SpicepodIssues(of: set.spec.spicepod, at: "spec.spicepod")
    }

    var spec: SpicepodSetSpec { self.set.spec }
    var old: SpicepodSetSpec? { context.old?.spec }
    var isExecutor: Bool { spec.cluster?.role == .executor }
    var isScheduler: Bool { spec.cluster?.role == .scheduler }
}
