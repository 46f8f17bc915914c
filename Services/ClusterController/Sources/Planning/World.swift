import KubernetesModel
import SpiceTypes

/// All that a plan is made from, read at one moment from the caches.
package struct World: Sendable {
    var cluster: SpicepodCluster
    /// Those that the cluster controls.
    var sets: [ClusterRole: ObservedSet] = [:]
    var now: Timestamp
}
