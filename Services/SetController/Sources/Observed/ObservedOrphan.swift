import ControllerRuntime
import KubernetesModel
import SpiceTypes

/// A pod that a StatefulSet left behind without a controller. A StatefulSet of the same name adopts it; where none is to come,
/// nobody would ever delete it.
struct ObservedOrphan: Sendable, Hashable {
    var pod: ObservedPod
    var workload: String
    var generation: GenerationID

    /// - Returns: nil for a pod that no StatefulSet of ours has made: anybody may use the set's label.
    init?(_ pod: ObservedPod, _ labels: [String: String]) {
        guard let workload = labels[StatefulSetBuilder.workloadLabel], pod.name == "\(workload)-0", !pod.isTerminating else {
            return nil
        }
        self.pod = pod
        self.workload = workload
        let version = labels[LabelKey.layout] == GenerationID.Layout.versioned.rawValue ? labels[LabelKey.version] : nil
        generation = version.map { .versioned($0) } ?? .rolling
    }
}
