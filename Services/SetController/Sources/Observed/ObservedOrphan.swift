import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// A pod that a StatefulSet left behind without a controller. A StatefulSet of the same name adopts it; where none is to come,
/// nobody would ever delete it.
struct ObservedOrphan: Sendable, Hashable {
    var key: ObjectKey
    var uid: String
    var workload: String
    var generation: GenerationID

    /// - Returns: nil for a pod that no StatefulSet of ours has made: anybody may use the set's label.
    init?(_ identity: ObjectIdentity, _ labels: [String: String]) {
        guard let workload = labels[StatefulSetBuilder.workloadLabel], identity.key.name == "\(workload)-0", !identity.isDeleting
        else { return nil }
        key = identity.key
        uid = identity.uid
        self.workload = workload
        let version = labels[LabelKey.layout] == GenerationID.Layout.versioned.rawValue ? labels[LabelKey.version] : nil
        generation = version.map { .versioned($0) } ?? .rolling
    }
}
