import KubernetesModel
import SpiceTypes

/// How far the nodes of a role are.
enum NodePhase: Sendable, Hashable {
    /// They have never been ready as a whole.
    case creating
    case upgrading
    /// Another number of the same version.
    case scaling
    case complete

    init(_ nodes: NodePlan) {
        guard let live = nodes.live else {
            self = .creating
            return
        }
        let progress = live.condition("Progressing")
        if live.isJudged, nodes.wish == 0 || (nodes.isAsWanted && progress?.reason == "RolloutComplete") {
            self = .complete
        } else if live.status.lastReadyVersion == nil {
            self = .creating
        } else {
            self = nodes.isAsWanted && live.status.lastReadyVersion == live.specVersion ? .scaling : .upgrading
        }
    }
}

extension ClusterRole {
    /// As a subject and in the plural.
    var nodes: String { "\(rawValue)s" }
    var capitalizedNodes: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() + "s" }
    /// The field of the cluster's spec.
    var field: String { "spec.\(rawValue)Spec" }

    func count(_ number: Int32) -> String { number == 1 ? "1 \(rawValue)" : "\(number) \(nodes)" }
}

extension Reason {
    static func creating(_ role: ClusterRole) -> Reason { role == .scheduler ? .creatingSchedulers : .creatingExecutors }
    static func upgrading(_ role: ClusterRole) -> Reason { role == .scheduler ? .upgradingSchedulers : .upgradingExecutors }
    static func scaling(_ role: ClusterRole) -> Reason { role == .scheduler ? .scalingSchedulers : .scalingExecutors }
}
