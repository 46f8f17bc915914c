import KubernetesModel
import SpiceTypes

/// All that a plan is made from, read at one moment from the caches.
package struct World: Sendable {
    var set: SpicepodSet
    var workloads: [ObservedWorkload] = []
    var pods: [ObservedPod] = []
    var versions: [ObservedVersion] = []
    /// Every other object the set controls.
    var children: [ChildReference] = []
    var now: Timestamp
}

/// A StatefulSet of the set.
struct ObservedWorkload: Sendable, Hashable {
    var key: ObjectKey
    var uid: String
    var version: String?
    /// Whether its controller has taken note of the latest template: before that, a deleted pod would come back as it was.
    var isObserved: Bool
}

/// The ConfigMap that holds a version.
struct ObservedVersion: Sendable, Hashable {
    var key: ObjectKey
    var uid: String
    var version: Version?
    /// The frozen pod template, as JSON.
    var template: String?
}

struct ChildReference: Sendable, Hashable {
    var resource: ResourceType
    var key: ObjectKey
    var uid: String
}
