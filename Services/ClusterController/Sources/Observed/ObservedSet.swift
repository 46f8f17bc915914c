import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// What is known of a child set.
struct ObservedSet: Sendable, Hashable {
    var key: ObjectKey
    var uid = ""
    var isDeleting = false
    /// As the API server has it, defaults included; nil where it cannot be read.
    var spec: SpicepodSetSpec?
    /// The part of it that was asked for; nil where we own none of it.
    var asked: SpicepodSetSpec?
    /// set-controller's, without the times in it.
    var status = SpicepodSetStatus()
    /// Whether the status describes the spec.
    var isJudged = false
    /// The version that was last asked for.
    var version: String?
    /// How many pods were last asked for.
    var wishedReplicas: Int32?
    /// set-controller has set `spec.replicas` to 0, because the pods kept failing.
    var isStopped = false
    /// Of the fields that we own.
    var owned: Digest?
    /// Who else has written into the spec. What they own of it is in no digest of ours.
    var intruders: [SpecOwner] = []

    init(key: ObjectKey) {
        self.key = key
    }

    init(_ metadata: ObjectMeta, _ tree: JSONValue) {
        let decoder = JSONTreeDecoder()
        key = metadata.key
        uid = metadata.uid ?? ""
        isDeleting = metadata.deletionTimestamp != nil
        spec = tree["spec"].flatMap { try? decoder.decode(SpicepodSetSpec.self, from: $0) }
        asked = OwnedFields.fields(of: tree, manager: FieldManager.clusterController)?["spec"].flatMap {
            try? decoder.decode(SpicepodSetSpec.self, from: $0)
        }
        status = tree["status"].flatMap { try? decoder.decode(SpicepodSetStatus.self, from: $0) } ?? status
        isJudged = status.observedGeneration == metadata.generation && metadata.generation != nil
        version = metadata.annotations?[AnnotationKey.fullVersion]
        wishedReplicas = metadata.annotations?[AnnotationKey.clusterReplicas].flatMap { Int32($0) }
        owned = OwnedFields.digest(of: tree, manager: FieldManager.clusterController)
        intruders = Self.intruders(in: tree)
        isStopped =
            spec?.replicas == 0 && (Self.isSetController(ownerOfReplicasIn: tree) || status.pauseReason == Self.crashLooping)
        status.lastUpdated = nil
        status.rollout?.progressedAt = nil
        status.rollout?.startedAt = nil
        for index in (status.conditions ?? []).indices { status.conditions?[index].lastTransitionTime = Self.noTime }
    }

    private static let crashLooping = "CrashLooping"
    private static let noTime = Timestamp(unixSeconds: 0)

    /// Told by the record of who wrote what: the status says so too, a moment later, and in between nobody may undo it.
    private static func isSetController(ownerOfReplicasIn tree: JSONValue) -> Bool {
        (tree[path: "metadata", "managedFields"]?.arrayValue ?? []).contains {
            $0["manager"]?.stringValue == FieldManager.setController
                && $0[path: "fieldsV1", "f:spec", "f:replicas"] != nil
        }
    }

    /// set-controller may write the number of pods, to stop those that keep failing.
    private static func intruders(in tree: JSONValue) -> [SpecOwner] {
        SpecOwner.others(of: tree, beside: FieldManager.clusterController).compactMap { owner in
            guard owner.manager == FieldManager.setController else { return owner }
            let fields = owner.fields.subtracting(["replicas"])
            return fields.isEmpty ? nil : SpecOwner(manager: owner.manager, fields: fields)
        }
    }

    // MARK: What its status says

    var ready: Int32 { status.readyReplicas ?? 0 }

    /// How many are ready with the version that the spec describes.
    var updated: Int32 {
        guard let target = status.rollout?.version ?? status.activeVersion, target == specVersion else { return 0 }
        return status.updatedReplicas ?? 0
    }

    /// The version of the spec as it is now.
    var specVersion: String? { spec.flatMap { try? Version(of: $0, named: key.name).sha } }

    /// The version of what was asked for, as far as nobody has overwritten it.
    var askedVersion: String? { asked.flatMap { try? Version(of: $0, named: key.name).sha } }

    func condition(_ type: String) -> Condition? { status.conditions?.first { $0.type == type } }
}
