import KubernetesModel
import SpiceTypes

extension SpicepodSetSpec {
    /// The size each claim template asks for.
    var claimSizes: [String: Quantity] {
        Dictionary(
            (volumeClaimTemplates ?? []).compactMap { template in template.size.map { (template.name, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}

extension ClaimOwner {
    /// Every StatefulSet of a set.
    ///
    /// Those of the generation that has or gets the wanted version follow the spec; what is kept beside it stays as it is, and
    /// is neither grown nor replaced for a size.
    static func all(in world: World, of target: GenerationID, asked: Version) -> [ClaimOwner] {
        world.workloads.sorted { $0.key < $1.key }.map { workload in
            let spec = workload.generation == target ? world.set.spec.volumeClaimTemplates ?? [] : []
            let wanted = spec.map { template in
                var template = template
                // another version may have been born with another class
                if workload.version != asked.short { template.spec.storageClassName = nil }
                return template
            }
            let known = Set(wanted.map(\.name))
            let others = workload.claimSizes.keys.filter { !known.contains($0) }.sorted().map { name in
                VolumeClaimTemplate { $0.metadata = VolumeClaimMetadata { $0.name = name } }
            }
            return ClaimOwner(workload: workload, templates: wanted + others)
        }
    }
}

extension World {
    func marking(_ restarts: Set<String>) -> World {
        guard !restarts.isEmpty else { return self }
        var world = self
        for index in world.pods.indices where restarts.contains(world.pods[index].name) {
            world.pods[index].awaitsFileSystem = true
        }
        return world
    }
}

extension VolumePlan {
    static func restarting(_ pod: ObservedPod) -> PlannedEvent {
        PlannedEvent(
            isWarning: false, reason: .restartingForFileSystem, action: "Resize",
            note: "Restarting pod \(pod.name): its volume has grown, and the file system grows when the pod starts.")
    }
}
