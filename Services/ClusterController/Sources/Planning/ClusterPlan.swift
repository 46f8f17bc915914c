package import ControllerRuntime
package import SpiceTypes

/// What is to be done for a cluster now. Nothing is ever deleted: what is made for a cluster goes with it.
package struct ClusterPlan: Sendable {
    /// An object as it is to be, and what is told once it had to be sent.
    package struct Step: Sendable {
        package var object: DesiredObject
        var events: [PlannedEvent] = []
    }

    /// In this order.
    package var steps: [Step] = []
    package var status: SpicepodClusterStatus
    /// What the status turned to: told together with it.
    var news: [PlannedEvent] = []
}

/// Something to tell on the cluster.
struct PlannedEvent: Sendable, Hashable {
    var isWarning: Bool
    var reason: Reason
    var action: String
    var note: String
}
