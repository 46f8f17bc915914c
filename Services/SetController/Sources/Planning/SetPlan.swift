import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// What is to be done for a set now.
struct SetPlan: Sendable {
    /// Before anything else.
    var ledgers: [LedgerChange] = []
    /// `spec.replicas` is to become 0; nothing else of the plan is done then.
    var pauses = false
    /// In this order.
    var apply: [DesiredObject] = []
    var delete: [Removal] = []
    var events: [PlannedEvent] = []
    var status: SpicepodSetStatus
    /// When to look again although nothing changes.
    var lookAgain: Duration?
}

/// The ledger that a version is to have; nil for none.
struct LedgerChange: Sendable, Hashable {
    var key: ObjectKey
    var uid: String
    var text: String?
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
