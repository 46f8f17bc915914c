import ControllerSimulation
import SpiceTypes

/// What a user does or a fault brings. Each stands alone, so that a failing script can lose any of them.
enum Decision: Sendable, Hashable, CustomStringConvertible {
    // users
    case upgrade(ClusterParts)
    /// Back to what the user had so many versions ago.
    case revert(Int)
    case scale(ClusterRole, Int)
    case strategy(ClusterRole, UserSpec.Strategy)
    case insecure(Bool)
    case rotate(Int)
    case deleteCluster
    case deleteChild(Child, Int)
    // faults
    case request(Service, RequestFault, after: Int)
    /// The watch of one resource breaks, and its informer lists anew.
    case relist(Service, Int)
    case crash(Service, afterWrites: Int)
    case service(Service, isUp: Bool)
    case pod(PodFault, Int)
    case healPods
    case node(isDown: Bool, Int)
    case leaf(SecretFault, Int)
    case authority(SecretFault)
    /// Nobody did anything for so many hours.
    case pass(hours: Int)
    /// The clock of cert-manager's machine is wrong by so many hours.
    case clock(hours: Int)

    enum Service: String, Sendable, CaseIterable {
        case set = "set-controller", cluster = "cluster-controller", certificates = "cert-manager"
    }

    enum Child: String, Sendable { case set, discovery, service, statefulSet, pod }

    enum PodFault: String, Sendable {
        /// Loses readiness and keeps without it.
        case unready
        /// Its container ends once and is started again.
        case crash
    }

    enum SecretFault: String, Sendable, CaseIterable {
        case lost, truncated
        case keyLost
        /// Holds a certificate and a key that belong together, and are for something else.
        case exchanged
        /// Somebody else's has its name.
        case foreign
    }

    var isFault: Bool {
        switch self {
        case .upgrade, .revert, .scale, .strategy, .insecure, .rotate, .deleteCluster, .deleteChild: false
        default: true
        }
    }

    var description: String {
        switch self {
        case .upgrade(let parts): "user: upgrade to \(parts.text)"
        case .revert(let back): "user: back to the version \(back) before"
        case .scale(let role, let replicas): "user: scale \(role.rawValue)s to \(replicas)"
        case .strategy(let role, let strategy): "user: strategy of \(role.rawValue)s \(strategy.rawValue)"
        case .insecure(let isInsecure): "user: \(isInsecure ? "without" : "with") mutual TLS"
        case .rotate(let serial): "user: rotate the root CA (\(serial))"
        case .deleteCluster: "user: delete the cluster, or make it again"
        case .deleteChild(let child, let index): "user: delete a \(child.rawValue) (\(index))"
        case .request(let service, let fault, let after):
            "fault: \(fault.rawValue) for \(service.rawValue)'s request after \(after) others"
        case .relist(let service, let index): "fault: watch \(index) of \(service.rawValue) breaks"
        case .crash(let service, let writes): "fault: \(service.rawValue) crashes after \(writes) more writes"
        case .service(let service, let isUp): "fault: \(service.rawValue) \(isUp ? "is back" : "goes down")"
        case .pod(let fault, let index): "fault: pod \(index) \(fault.rawValue)"
        case .healPods: "fault: pods recover"
        case .node(let isDown, let index): "fault: node \(index) \(isDown ? "down" : "up")"
        case .leaf(let fault, let index): "fault: the Secret of node \(index): \(fault.rawValue)"
        case .authority(let fault): "fault: the Secret of the root CA: \(fault.rawValue)"
        case .pass(let hours): "fault: nothing happens for \(hours) h"
        case .clock(let hours): "fault: cert-manager's clock is \(hours) h ahead"
        }
    }
}
