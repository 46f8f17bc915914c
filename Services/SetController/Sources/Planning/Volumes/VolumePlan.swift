import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// What is to be done about the volumes of a set.
struct VolumePlan: Sendable, Hashable {
    /// Claims to grow.
    var apply: [DesiredObject] = []
    /// Names of pods that have to start anew for their file system to grow.
    var restarts: Set<String> = []
    /// The gravest first.
    var warnings: [VolumeWarning] = []
    /// By StatefulSet and template: the size its claim template is to have. Never less than it has, so that nothing is replaced
    /// for a smaller size.
    var sizes: [String: [String: Quantity]] = [:]
    var events: [PlannedEvent] = []
    /// When to look again although nothing changes.
    var lookAgain: Duration?

    mutating func lookAgain(in delay: Duration) {
        lookAgain = min(delay, lookAgain ?? delay)
    }
}

/// Why volumes are not as the spec has them.
struct VolumeWarning: Sendable, Hashable {
    var reason: Reason
    var message: String
}

/// A StatefulSet and the claim templates it is to have.
struct ClaimOwner: Sendable, Hashable {
    var workload: ObservedWorkload
    var templates: [VolumeClaimTemplate]
}

extension VolumeClaimTemplate {
    var size: Quantity? { spec.resources?.requests?["storage"] }

    func sized(_ size: Quantity?) -> VolumeClaimTemplate {
        guard let size else { return self }
        var template = self
        var resources = spec.resources ?? VolumeResourceRequirements()
        resources.requests = (resources.requests ?? [:]).merging(["storage": size]) { _, new in new }
        template.spec.resources = resources
        return template
    }
}
