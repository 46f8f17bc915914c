import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// The workload of one replica. The controller deletes pods itself (OnDelete): a StatefulSet left to its own update would
/// wait for ever on a pod that never gets ready (kubernetes/kubernetes#67250).
enum StatefulSetBuilder {
    /// Selects the pods of one StatefulSet among those of the set.
    static let workloadLabel = "spice.ai/workload"

    /// - Parameter sizes: of claim templates, where not as the version was born with.
    static func build(
        _ child: ChildMetadata, _ generation: GenerationID, ordinal: Int, _ record: VersionRecord, sizes: [String: Quantity] = [:]
    ) throws(JSONError) -> DesiredObject {
        let name = child.names.statefulSet(ordinal, in: generation)
        var template = record.template
        template.metadata.labels?[workloadLabel] = name
        template.metadata.labels?[LabelKey.layout] = generation.layout.rawValue
        ClusterNode.addressCertificate(of: name, in: &template)
        let spec = StatefulSetSpec {
            $0.replicas = 1
            $0.serviceName = child.names.headlessService
            $0.podManagementPolicy = "Parallel"
            $0.updateStrategy = StatefulSetUpdateStrategy(type: "OnDelete")
            $0.revisionHistoryLimit = 2
            $0.selector = LabelSelector(matchLabels: child.selector.merging([workloadLabel: name]) { _, own in own })
            $0.template = template
            $0.volumeClaimTemplates =
                record.claimTemplates.isEmpty
                ? nil : record.claimTemplates.map { claim($0.sized(sizes[$0.name]), child, generation) }
            // Volumes of a version go with it, but by our hand: a StatefulSet is also deleted to pause or to be replaced.
            $0.persistentVolumeClaimRetentionPolicy = PersistentVolumeClaimRetentionPolicy(
                whenDeleted: "Retain", whenScaled: "Retain")
        }
        return try child.object(
            .statefulSets, metadata(name, child, record), ["spec": try JSONTreeEncoder().encode(spec)])
    }

    /// The labels and annotations that the version was born with, as its pods have them.
    static func metadata(_ name: String, _ child: ChildMetadata, _ record: VersionRecord) -> ObjectMeta {
        ObjectMeta {
            $0.name = name
            $0.namespace = child.namespace
            $0.labels = record.template.metadata.labels
            var annotations = record.template.metadata.annotations ?? [:]
            annotations[PodTemplateBuilder.defaultContainerAnnotation] = nil
            annotations[AnnotationKey.fullVersion] = record.version.sha
            $0.annotations = annotations
            $0.ownerReferences = [child.owner]
        }
    }

    private static func claim(_ template: VolumeClaimTemplate, _ child: ChildMetadata, _ generation: GenerationID)
        -> PersistentVolumeClaim
    {
        PersistentVolumeClaim {
            // The whole list is atomic to the API server, so its defaults are written out: they would read as drift.
            $0.apiVersion = "v1"
            $0.kind = "PersistentVolumeClaim"
            $0.metadata.name = template.name
            $0.metadata.labels = child.selector.merging(generation.claimLabels) { _, own in own }
                .merging(template.metadata?.labels ?? [:]) { ours, _ in ours }
            $0.metadata.annotations = template.metadata?.annotations
            // The StatefulSet controller copies it: a version's volumes go with the set, those rolled in place stay (as those of
            // any StatefulSet do).
            $0.metadata.ownerReferences = generation.layout == .versioned ? [child.ownerWithoutControl] : nil
            $0.spec = template.spec
            $0.spec.accessModes = template.spec.accessModes ?? ["ReadWriteOnce"]
            $0.spec.volumeMode = template.spec.volumeMode ?? "Filesystem"
            $0.status = PersistentVolumeClaimStatus(phase: "Pending")
        }
    }
}
