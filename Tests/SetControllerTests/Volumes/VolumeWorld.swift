import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

@testable import SetController

/// A set of some pods with claims, as it looks before its volumes are planned.
struct VolumeWorld {
    var world: World
    var templates: [VolumeClaimTemplate] = []

    init(replicas: Int = 1, live: String = "1Gi", wanted: String = "1Gi", storageClass: String? = "expanding") {
        world = Sample.world(Sample.set())
        world.storageClasses = [
            "expanding": ObservedStorageClass(name: "expanding", allowsExpansion: true, isDefault: true),
            "fixed": ObservedStorageClass(name: "fixed", allowsExpansion: false, isDefault: false),
        ]
        add("data", replicas: replicas, live: live, wanted: wanted, storageClass: storageClass)
    }

    /// A claim template, and the claims made from it.
    mutating func add(
        _ template: String, replicas: Int = 1, live: String = "1Gi", wanted: String, storageClass: String? = "expanding"
    ) {
        templates.append(Self.template(template, wanted))
        for ordinal in 0..<replicas {
            let key = ObjectKey(namespace: "default", name: "demo-\(ordinal)")
            if !world.workloads.contains(where: { $0.key == key }) {
                world.workloads.append(ObservedWorkload(key: key, uid: "sts-\(ordinal)", isObserved: true))
            }
            world.workloads[ordinal].claimSizes[template] = live
            var claim = ObservedClaim(
                key: ObjectKey(namespace: "default", name: "\(template)-demo-\(ordinal)-0"), uid: "\(template)-\(ordinal)")
            claim.requested = Quantity(live)
            claim.capacity = Quantity(live)
            claim.phase = "Bound"
            claim.storageClassName = storageClass
            world.claims.append(claim)
        }
    }

    static func template(_ name: String, _ size: String) -> VolumeClaimTemplate {
        VolumeClaimTemplate {
            $0.metadata = VolumeClaimMetadata { $0.name = name }
            $0.spec.resources = VolumeResourceRequirements { $0.requests = ["storage": Quantity(size)] }
        }
    }

    /// The pod of the first StatefulSet.
    mutating func addPod(createdAt: Timestamp) {
        var pod = ObservedPod()
        pod.key = ObjectKey(namespace: "default", name: "demo-0-0")
        pod.uid = "pod"
        pod.ownerUID = "sts-0"
        pod.createdAt = createdAt
        world.pods.append(pod)
    }

    var plan: VolumePlan {
        VolumePlanner.plan(world.workloads.map { ClaimOwner(workload: $0, templates: templates) }, in: world)
    }
}

extension VolumePlan {
    /// Claim and size of everything that is to grow.
    var growth: [String: String] {
        Dictionary(
            apply.map { ($0.key.name, $0.object[path: "spec", "resources", "requests", "storage"]?.stringValue ?? "") },
            uniquingKeysWith: { first, _ in first })
    }

    var reasons: [Reason] { warnings.map(\.reason) }
}
