import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// The workload of one replica. The controller deletes pods itself (OnDelete): a StatefulSet left to its own update would
/// wait for ever on a pod that never gets ready (kubernetes/kubernetes#67250).
enum StatefulSetBuilder {
    /// Selects the pods of one StatefulSet among those of the set.
    static let workloadLabel = "spice.ai/workload"

    /// - Parameter sizes: of claim templates, where not as the spec has them.
    static func build(
        _ child: ChildMetadata, ordinal: Int, version: Version, template: PodTemplateSpec, sizes: [String: Quantity] = [:]
    ) throws(JSONError) -> DesiredObject {
        let name = child.names.statefulSet(ordinal)
        var template = template
        template.metadata.labels?[workloadLabel] = name
        var metadata = child.metadata(name, .runtime, version: version)
        metadata.annotations = (metadata.annotations ?? [:]).merging([AnnotationKey.fullVersion: version.sha]) { _, ours in ours }
        let spec = StatefulSetSpec {
            $0.replicas = 1
            $0.serviceName = child.names.headlessService
            $0.podManagementPolicy = "Parallel"
            $0.updateStrategy = StatefulSetUpdateStrategy(type: "OnDelete")
            $0.revisionHistoryLimit = 2
            $0.selector = LabelSelector(matchLabels: child.selector.merging([workloadLabel: name]) { _, own in own })
            $0.template = template
            $0.volumeClaimTemplates = child.set.spec.volumeClaimTemplates.map { $0.map { claim($0.sized(sizes[$0.name]), child) } }
            $0.persistentVolumeClaimRetentionPolicy = PersistentVolumeClaimRetentionPolicy(
                whenDeleted: "Retain", whenScaled: "Retain")
        }
        return try child.object(.statefulSets, metadata, ["spec": try JSONTreeEncoder().encode(spec)])
    }

    private static func claim(_ template: VolumeClaimTemplate, _ child: ChildMetadata) -> PersistentVolumeClaim {
        PersistentVolumeClaim {
            // The whole list is atomic to the API server, so its defaults are written out: they would read as drift.
            $0.apiVersion = "v1"
            $0.kind = "PersistentVolumeClaim"
            $0.metadata.name = template.name
            $0.metadata.labels = child.selector.merging(template.metadata?.labels ?? [:]) { ours, _ in ours }
            $0.metadata.annotations = template.metadata?.annotations
            $0.spec = template.spec
            $0.spec.accessModes = template.spec.accessModes ?? ["ReadWriteOnce"]
            $0.spec.volumeMode = template.spec.volumeMode ?? "Filesystem"
            $0.status = PersistentVolumeClaimStatus(phase: "Pending")
        }
    }
}
