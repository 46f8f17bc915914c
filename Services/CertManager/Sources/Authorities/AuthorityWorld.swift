import ControllerRuntime
package import KubernetesModel

/// All that the plan for a cluster's root CA is made from, read at one moment.
package struct AuthorityWorld: Sendable {
    package var cluster: CachedCluster
    package var secret: AuthorityStanding
    package var nodes: [NodeState] = []
    package var now: Timestamp

    package init(cluster: CachedCluster, secret: AuthorityStanding, nodes: [NodeState] = [], now: Timestamp) {
        self.cluster = cluster
        self.secret = secret
        self.nodes = nodes
        self.now = now
    }
}

/// What is found under the name of a root CA's Secret.
package enum AuthorityStanding: Sendable {
    case missing
    case foreign
    case ours(CachedAuthority)
}

/// A node's certificate as its cluster sees it.
package struct NodeState: Sendable, Hashable {
    package var key: ObjectKey
    package var createdAt: Timestamp?
    /// nil where there is none that could be used.
    package var leaf: LeafSummary?
    /// What keeps it from being issued.
    package var trouble: Trouble?

    package init(key: ObjectKey, createdAt: Timestamp? = nil, leaf: LeafSummary? = nil, trouble: Trouble? = nil) {
        self.key = key
        self.createdAt = createdAt
        self.leaf = leaf
        self.trouble = trouble
    }

    func follows(_ authority: KeyPair, at now: Timestamp) -> Bool {
        leaf?.authority == authority.authorityIdentifier && leaf?.validity.fault(at: now) == nil
    }
}

/// What a person has to do something about.
package struct Trouble: Sendable, Hashable {
    package var reason: Reason
    package var message: String

    package init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    /// - Parameter remedy: what else helps than to make room, where the name is taken.
    init(_ failure: ApplyFailure, remedy: String) {
        switch failure {
        case .foreign(_, let key, let owner): self = .foreign(key, owner: owner, remedy: remedy)
        case .forbidden: self.init(.forbidden, "\(failure)")
        case .immutable, .rejected: self.init(.rejected, "\(failure)")
        }
    }

    static func foreign(_ secret: ObjectKey, owner: String? = nil, remedy: String) -> Trouble {
        let belongs = owner.map { "belongs to \($0)" } ?? "was not made by cert-manager"
        return Trouble(.foreignSecret, "Secret \(secret) exists and \(belongs); delete or rename the Secret, or \(remedy)")
    }

    static let renamingTheCluster = "rename the cluster"
    static let namingAnother = "name another one in spice.ai/serving-certificate"
}
