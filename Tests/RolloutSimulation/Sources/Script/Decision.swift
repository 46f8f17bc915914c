import ControllerSimulation

/// What a user does or a fault brings. Each stands alone, so that a failing script can lose any of them.
enum Decision: Sendable, Hashable, CustomStringConvertible {
    // users
    case version(VersionParts)
    /// Back to the version that the user had so many versions ago.
    case revert(Int)
    case scale(Int)
    case strategy(UserSpec.Strategy)
    case minReadyForCutover(Int?)
    case standby(Int?)
    case progressDeadline(Int?)
    case service(Bool)
    case growVolume
    case rollback(Bool)
    case deleteSet
    case deleteChild(Child, Int)
    // faults
    case request(RequestFault, after: Int)
    /// The watch of one resource breaks, and its informer lists anew.
    case relist(Int)
    case crash(afterWrites: Int)
    case pod(PodFault, Int)
    case healPods
    case node(isDown: Bool, Int)

    enum Child: String, Sendable { case service, statefulSet, pod, configMap, headlessService }

    enum PodFault: String, Sendable {
        /// Loses readiness and keeps without it.
        case unready
        /// Its container ends once and is started again.
        case crash
    }

    var description: String {
        switch self {
        case .version(let parts): "user: new version \(parts.text)"
        case .revert(let back): "user: back to the version \(back) before"
        case .scale(let replicas): "user: scale to \(replicas)"
        case .strategy(let strategy): "user: strategy \(strategy)"
        case .minReadyForCutover(let count): "user: minReadyForCutover \(count.map(String.init) ?? "none")"
        case .standby(let seconds): "user: standby \(seconds.map { "\($0) s" } ?? "off")"
        case .progressDeadline(let seconds): "user: progressDeadlineSeconds \(seconds.map(String.init) ?? "none")"
        case .service(let isEnabled): "user: service \(isEnabled ? "on" : "off")"
        case .growVolume: "user: grow the volume"
        case .rollback(let isOn): "user: rollback annotation \(isOn ? "set" : "removed")"
        case .deleteSet: "user: delete the set, and later make it again"
        case .deleteChild(let child, let index): "user: delete a \(child.rawValue) (\(index))"
        case .request(let fault, let after): "fault: \(fault.rawValue) for the request after \(after) others"
        case .relist(let index): "fault: watch \(index) breaks"
        case .crash(let writes): "fault: the controller crashes after \(writes) more writes"
        case .pod(let fault, let index): "fault: pod \(index) \(fault.rawValue)"
        case .healPods: "fault: pods recover"
        case .node(let isDown, let index): "fault: node \(index) \(isDown ? "down" : "up")"
        }
    }
}
