import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

struct CachedClaim: CachedObject {
    var identity: ObjectIdentity
    var claim: ObservedClaim
    /// The set's name as the label has it.
    var setLabel: String?

    init(scanning scanner: inout JSONScanner) throws {
        let tree = try scanner.value()
        let metadata = try JSONTreeDecoder().decode(ObjectMeta.self, from: tree["metadata"] ?? .object([:]))
        identity = ObjectIdentity(metadata)
        // The set owns the claims of its versions without controlling them: the cache finds them by it all the same.
        let set = metadata.ownerReferences?.first { $0.kind == ResourceType.spicepodSets.kind }
        identity.controllerUID = identity.controllerUID ?? set?.uid
        claim = ObservedClaim(tree, key: identity.key, uid: identity.uid)
        if metadata.labels?[LabelKey.layout] == GenerationID.Layout.versioned.rawValue {
            claim.generation = metadata.labels?[LabelKey.version].map { .versioned($0) }
        }
        setLabel = metadata.labels?[LabelKey.spicepod]
    }
}

struct CachedStorageClass: CachedObject {
    var identity: ObjectIdentity
    var observed: ObservedStorageClass

    init(scanning scanner: inout JSONScanner) throws {
        let tree = try scanner.value()
        identity = ObjectIdentity(try JSONTreeDecoder().decode(ObjectMeta.self, from: tree["metadata"] ?? .object([:])))
        let annotations = tree[path: "metadata", "annotations"]
        observed = ObservedStorageClass(
            name: identity.key.name, allowsExpansion: tree["allowVolumeExpansion"] == true,
            isDefault: annotations?["storageclass.kubernetes.io/is-default-class"] == "true")
    }
}
