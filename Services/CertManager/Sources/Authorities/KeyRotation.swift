/// The replacement of a root CA's key on request, as a state machine whose states are on objects: whoever comes after a crash
/// goes on from what is there.
///
/// Settled → Switching: the Secret holds a new key and certificate from one write on, and the request that it was made for. Nobody
/// trusts the old key less for that: nodes go on with the files that they have. Switching → Settled: every node's certificate is
/// from the new key.
package struct KeyRotation: Sendable, Hashable {
    /// On the cluster.
    var request: String?
    /// On the Secret: the last request that was taken up.
    var takenUp: String?
    /// On the Secret.
    var isSwitching: Bool
    /// Whether every node has a certificate from the authority that is there.
    var nodesFollow: Bool

    package enum Step: Sendable, Hashable {
        case nothing
        case replaceKey
        /// Nodes get their certificates; another request waits until all have.
        case waitForNodes
        case settle
    }

    package init(request: String?, takenUp: String?, isSwitching: Bool, nodesFollow: Bool) {
        self.request = request
        self.takenUp = takenUp
        self.isSwitching = isSwitching
        self.nodesFollow = nodesFollow
    }

    /// A request that was taken back is none.
    package var next: Step {
        if isSwitching { return nodesFollow ? .settle : .waitForNodes }
        return request != nil && request != takenUp ? .replaceKey : .nothing
    }
}
