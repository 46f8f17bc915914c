import KubernetesModel
import SpiceTypes

/// All that a plan is made from, read at one moment from the caches.
package struct World: Sendable {
    var set: SpicepodSet
    var workloads: [ObservedWorkload] = []
    var pods: [ObservedPod] = []
    var versions: [ObservedVersion] = []
    var services: [ObservedService] = []
    /// Every other object the set controls.
    var children: [ChildReference] = []
    /// Of the workloads' pods.
    var claims: [ObservedClaim] = []
    /// Of the set's versions, whether their workloads are there or not.
    var versionClaims: [ObservedClaim] = []
    /// By name. One that is missing is unknown: it may not be visible.
    var storageClasses: [String: ObservedStorageClass] = [:]
    /// By the claim's UID.
    var volumeRefusals: [String: VolumeRefusal] = [:]
    /// Pods of the set without a controller, whether a StatefulSet of their name is there or not.
    var orphans: [ObservedOrphan] = []
    /// Pods that ended by themselves and were removed before they could be seen among the others.
    var departed: [ObservedPod] = []
    /// What events told lately of pods that fail: times seen, by pod UID and event.
    var failures: [String: [String: Int]] = [:]
    var now: Timestamp
}

/// A StatefulSet of the set, or its Deployment.
struct ObservedWorkload: Sendable, Hashable {
    var key: ObjectKey
    var uid: String
    var version: String?
    var layout = GenerationID.Layout.stable
    /// Whether its controller has taken note of the latest template: before that, a deleted pod would come back as it was.
    var isObserved: Bool
    /// The size each claim template asks for, by the template's name.
    var claimSizes: [String: String] = [:]
    /// nil for a StatefulSet.
    var deployment: ObservedDeployment?

    var resource: ResourceType { deployment == nil ? .statefulSets : .deployments }

    var generation: GenerationID {
        if deployment != nil { return .deployment }
        guard layout == .versioned, let version else { return .rolling }
        return .versioned(version)
    }
}

struct ObservedService: Sendable, Hashable {
    var key: ObjectKey
    var selector: [String: String]
    var usesPortNumbers = false
    /// The rollout record, on the headless one.
    var rollout: String?

    /// The generation that it selects.
    var selected: GenerationID {
        if selector[LabelKey.layout] == GenerationID.Layout.deployment.rawValue { return .deployment }
        return selector[LabelKey.version].map { .versioned($0) } ?? .rolling
    }

    /// It selects pods by labels of an earlier operator version.
    var selectsByForeignLabels: Bool { selector[LabelKey.layout] == nil }
}

/// The ConfigMap that holds a version.
struct ObservedVersion: Sendable, Hashable {
    var key: ObjectKey
    var uid: String
    var version: Version?
    /// The frozen pod template, as JSON.
    var template: String?
    /// The frozen volume claim templates, as JSON.
    var claimTemplates: String?
    /// The `CrashLedger`, as JSON.
    var failures: String?
}

struct ChildReference: Sendable, Hashable {
    var resource: ResourceType
    var key: ObjectKey
    var uid: String
}
