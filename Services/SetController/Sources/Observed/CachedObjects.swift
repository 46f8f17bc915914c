import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// The field manager and everything else that carries the service's name.
public enum SetControllerName {
    public static let executable = "set-controller"
    public static let fieldManager = "spice-set-controller"
}

/// A SpicepodSet. One that cannot be read is kept with the reason, so that it can be told on the object itself.
struct CachedSet: CachedObject {
    var identity: ObjectIdentity
    var set: SpicepodSet
    var problem: JSONError?

    init(scanning scanner: inout JSONScanner) throws {
        let tree = try scanner.value()
        let decoder = JSONTreeDecoder()
        let metadata = try decoder.decode(ObjectMeta.self, from: tree["metadata"] ?? .object([:]))
        identity = ObjectIdentity(metadata)
        do {
            set = try decoder.decode(SpicepodSet.self, from: tree)
        } catch {
            set = SpicepodSet(metadata: metadata, spec: SpicepodSetSpec())
            set.status = tree["status"].flatMap { try? decoder.decode(SpicepodSetStatus.self, from: $0) }
            problem = error
        }
    }
}

extension ObjectIdentity {
    init(_ metadata: ObjectMeta) {
        self.init()
        key = metadata.key
        uid = metadata.uid ?? ""
        resourceVersion = metadata.resourceVersion ?? ""
        generation = metadata.generation ?? 0
        controllerUID = metadata.controller?.uid
        controllerName = metadata.controller?.name
        isDeleting = metadata.deletionTimestamp != nil
    }
}

/// Any child of which only the presence and our share of its fields count.
struct CachedChild: CachedObject {
    var identity: ObjectIdentity
    var owned: Digest?

    init(scanning scanner: inout JSONScanner) throws {
        try self.init(try scanner.value())
    }

    init(_ tree: JSONValue) throws {
        identity = ObjectIdentity(try JSONTreeDecoder().decode(ObjectMeta.self, from: tree["metadata"] ?? .object([:])))
        owned = OwnedFields.digest(of: tree, manager: SetControllerName.fieldManager)
    }
}

struct CachedWorkload: CachedObject {
    var child: CachedChild
    var version: String?
    var layout: GenerationID.Layout
    var observedGeneration: Int64
    var claimSizes: [String: String]
    var identity: ObjectIdentity { child.identity }

    init(scanning scanner: inout JSONScanner) throws {
        let tree = try scanner.value()
        child = try CachedChild(tree)
        let labels = tree[path: "spec", "template", "metadata", "labels"]
        version = labels?[LabelKey.version]?.stringValue
        layout = labels?[LabelKey.layout]?.stringValue.flatMap(GenerationID.Layout.init) ?? .stable
        observedGeneration = tree[path: "status", "observedGeneration"]?.intValue ?? 0
        let templates = (tree[path: "spec", "volumeClaimTemplates"]?.arrayValue ?? []).map { template in
            let size = template[path: "spec", "resources", "requests", "storage"]?.stringValue
            return (template[path: "metadata", "name"]?.stringValue ?? "", size ?? "")
        }
        claimSizes = Dictionary(templates, uniquingKeysWith: { first, _ in first })
    }

    var observed: ObservedWorkload {
        ObservedWorkload(
            key: identity.key, uid: identity.uid, version: version, layout: layout,
            isObserved: observedGeneration >= identity.generation, claimSizes: claimSizes)
    }
}

struct CachedVersion: CachedObject {
    var child: CachedChild
    var version: String?
    var template: String?
    var claimTemplates: String?
    var failures: String?
    var identity: ObjectIdentity { child.identity }

    init(scanning scanner: inout JSONScanner) throws {
        let tree = try scanner.value()
        child = try CachedChild(tree)
        let annotations = tree[path: "metadata", "annotations"]
        version = annotations?[AnnotationKey.fullVersion]?.stringValue
        template = annotations?[AnnotationKey.podTemplate]?.stringValue
        claimTemplates = annotations?[AnnotationKey.claimTemplates]?.stringValue
        failures = annotations?[AnnotationKey.failures]?.stringValue
    }

    var observed: ObservedVersion {
        ObservedVersion(
            key: identity.key, uid: identity.uid, version: version.map { Version(sha: $0) }, template: template,
            claimTemplates: claimTemplates, failures: failures)
    }
}

struct CachedService: CachedObject {
    var child: CachedChild
    var selector: [String: String]
    var usesPortNumbers: Bool
    var rollout: String?
    var identity: ObjectIdentity { child.identity }

    init(scanning scanner: inout JSONScanner) throws {
        let tree = try scanner.value()
        child = try CachedChild(tree)
        selector = (tree[path: "spec", "selector"]?.objectValue ?? [:]).compactMapValues(\.stringValue)
        usesPortNumbers = tree[path: "spec", "ports"]?.arrayValue?.contains { $0["targetPort"]?.intValue != nil } ?? false
        rollout = tree[path: "metadata", "annotations"]?[AnnotationKey.rollout]?.stringValue
    }

    var observed: ObservedService {
        ObservedService(key: identity.key, selector: selector, usesPortNumbers: usesPortNumbers, rollout: rollout)
    }
}

struct CachedPod: CachedObject {
    var identity = ObjectIdentity()
    var pod = ObservedPod()
    /// The set's name as the label has it.
    var setLabel: String?
    /// Set where the pod was made by a StatefulSet of ours that left it without a controller.
    var orphan: ObservedOrphan?

    init(scanning scanner: inout JSONScanner) throws {
        var (identity, pod, labels) = (ObjectIdentity(), ObservedPod(), [String: String]())
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata":
                identity = try ObjectIdentity(scanningMetadata: &scanner) { key, scanner in
                    switch key {
                    case "labels":
                        labels = try scanner.stringMap()
                        pod.version = labels[LabelKey.version]
                    case "creationTimestamp": pod.createdAt = Timestamp(try scanner.string())
                    default: try scanner.skip()
                    }
                }
            case "status": try pod.scanStatus(&scanner)
            default: try scanner.skip()
            }
        }
        pod.key = identity.key
        pod.uid = identity.uid
        pod.isTerminating = identity.isDeleting
        setLabel = labels[LabelKey.spicepod]
        if let setLabel {
            let set = ObjectKey(namespace: identity.key.namespace, name: setLabel)
            if labels[LabelKey.layout] == GenerationID.Layout.deployment.rawValue {
                identity.controllerUID = Self.deploymentOwner(set)
            } else if identity.controllerUID == nil {
                orphan = ObservedOrphan(pod, labels)
                if orphan != nil { identity.controllerUID = Self.orphanOwner(set) }
            }
        }
        pod.ownerUID = identity.controllerUID
        (self.identity, self.pod) = (identity, pod)
    }

    /// Stands for the owner of a Deployment's pods: that is a ReplicaSet, and those are not watched. The set's label finds them.
    static func deploymentOwner(_ set: ObjectKey) -> String { "\(LabelKey.spicepod)=\(set)" }

    /// Stands for the owner that an orphan has lost.
    static func orphanOwner(_ set: ObjectKey) -> String { "orphans of \(set)" }
}
