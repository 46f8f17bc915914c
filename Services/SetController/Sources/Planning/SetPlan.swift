import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// What is to be done for a set now.
struct SetPlan: Sendable {
    /// In this order.
    var apply: [DesiredObject] = []
    var delete: [Removal] = []
    var events: [PlannedEvent] = []
    var status: SpicepodSetStatus
    /// When to look again although nothing changes.
    var lookAgain: Duration?
}

/// An object to delete, and why.
struct Removal: Sendable, Hashable {
    var resource: ResourceType
    var key: ObjectKey
    var uid: String
}

/// Something to tell on the set.
struct PlannedEvent: Sendable, Hashable {
    var isWarning: Bool
    var reason: Reason
    var action: String
    var note: String
}
