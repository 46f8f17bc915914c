import ControllerSimulation
import KubernetesModel

/// One write and what the world is after it.
struct Moment {
    /// By cert-manager's clock.
    var certificateTime: Timestamp
    var actor: Actor
    var change: Change
    /// Pods that served until this write.
    var lost: [(pod: NodeState, cause: Actor)]
    var picture: Picture
    var ledger: Ledger
    /// What each service knew when it planned what it does now: it cannot know better.
    var planned: [String: Picture]
    var isOrdered: Bool
    /// How many reasons there were for a new key of the root CA.
    var keyReasons: Int
}

extension Actor {
    static let setController = Actor.service(Decision.Service.set.rawValue)
    static let clusterController = Actor.service(Decision.Service.cluster.rawValue)
    static let certManager = Actor.service(Decision.Service.certificates.rawValue)

    var isService: Bool { if case .service = self { true } else { false } }
}
