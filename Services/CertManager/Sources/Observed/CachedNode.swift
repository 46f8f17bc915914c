package import ControllerRuntime
package import JSON
package import KubernetesModel
package import SpiceTypes

/// A StatefulSet whose pod is to have a certificate. Indexed by its cluster instead of its controller.
package struct CachedNode: CachedObject, Hashable {
    package var identity: ObjectIdentity
    /// The cluster as labels name it, which is not its name where that is long.
    package var clusterLabel: String
    package var role: ClusterRole?
    /// The set that it is of, as labels name it.
    package var setLabel: String?
    /// The headless Service that gives the pod its name.
    package var serviceName: String
    package var createdAt: Timestamp?

    package init(scanning scanner: inout JSONScanner) throws {
        var (identity, labels, serviceName, createdAt) = (ObjectIdentity(), [String: String](), "", nil as Timestamp?)
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata":
                identity = try ObjectIdentity(scanningMetadata: &scanner) { key, scanner in
                    switch key {
                    case "labels": labels = try scanner.stringMap()
                    case "creationTimestamp": createdAt = Timestamp(try scanner.optionalString())
                    default: try scanner.skip()
                    }
                }
            case "spec":
                try scanner.forEachKey { key, scanner in
                    switch key {
                    case "serviceName": serviceName = try scanner.optionalString()
                    default: try scanner.skip()
                    }
                }
            default: try scanner.skip()
            }
        }
        clusterLabel = labels[LabelKey.cluster] ?? ""
        role = labels[LabelKey.clusterRole].flatMap(ClusterRole.init)
        setLabel = labels[LabelKey.spicepod]
        identity.controllerUID = Self.index(namespace: identity.key.namespace, clusterLabel: clusterLabel)
        (self.identity, self.serviceName, self.createdAt) = (identity, serviceName, createdAt)
    }

    /// Whether a change touches nothing that certificates depend on.
    func hasSameMeaning(as other: CachedNode?) -> Bool {
        guard let other else { return false }
        return identity.uid == other.identity.uid && identity.isDeleting == other.identity.isDeleting && role == other.role
            && clusterLabel == other.clusterLabel && serviceName == other.serviceName
    }

    /// Stands for the owner: nodes are looked for by their cluster.
    static func index(namespace: String, clusterLabel: String) -> String { "\(LabelKey.cluster)=\(namespace)/\(clusterLabel)" }

    /// As the owner of what is made for it.
    var reference: OwnerReference {
        OwnerReference(
            apiVersion: ResourceType.statefulSets.apiVersion, kind: ResourceType.statefulSets.kind, name: identity.key.name,
            uid: identity.uid, controller: true, blockOwnerDeletion: true)
    }

    var secret: ObjectKey { CachedLeaf.key(of: identity.key) }
}
