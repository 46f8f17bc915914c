package import ControllerRuntime
package import KubernetesModel
package import SpiceTypes

/// What is to be done for a set now.
package struct SetPlan: Sendable {
    /// Before anything else.
    var ledgers: [LedgerChange] = []
    /// `spec.replicas` is to become 0; nothing else of the plan is done then.
    package var pauses = false
    /// In this order.
    package var apply: [DesiredObject] = []
    package var delete: [Removal] = []
    var events: [PlannedEvent] = []
    package var status: SpicepodSetStatus
    /// When to look again although nothing changes.
    package var lookAgain: Duration?
}

/// The ledger that a version is to have; nil for none.
struct LedgerChange: Sendable, Hashable {
    var key: ObjectKey
    var uid: String
    var text: String?
}

/// An object to delete, and why.
package struct Removal: Sendable, Hashable {
    package var resource: ResourceType
    package var key: ObjectKey
    package var uid: String

    package init(resource: ResourceType, key: ObjectKey, uid: String) {
        self.resource = resource
        self.key = key
        self.uid = uid
    }
}

/// Something to tell on the set.
struct PlannedEvent: Sendable, Hashable {
    var isWarning: Bool
    var reason: Reason
    var action: String
    var note: String
}
