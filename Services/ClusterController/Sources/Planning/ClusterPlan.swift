package import ControllerRuntime
package import SpiceTypes

/// What is to be done for a cluster now. Nothing is ever deleted: what is made for a cluster goes with it.
package struct ClusterPlan: Sendable {
    /// In this order.
    package var apply: [DesiredObject] = []
    package var status: SpicepodClusterStatus
    var events: [PlannedEvent] = []
}

/// Something to tell on the cluster.
struct PlannedEvent: Sendable, Hashable {
    var isWarning: Bool
    var reason: Reason
    var action: String
    var note: String
}
