package import ControllerRuntime
package import JSON
import KubernetesModel
import SpiceTypes

/// The Secret of a node's certificate or of a serving one, without its content.
package struct CachedLeaf: CachedObject, Hashable {
    package var identity = ObjectIdentity()
    /// Whether we made it: somebody else's is never touched.
    package var isOurs = false
    package var content = LeafContent.broken(.unreadable)
    /// The cluster of a node's certificate, as labels name it.
    package var clusterLabel = ""

    package init(scanning scanner: inout JSONScanner) throws {
        var data = TLSText()
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata":
                identity = try ObjectIdentity(scanningMetadata: &scanner) { key, scanner in
                    switch key {
                    case "labels": clusterLabel = try scanner.stringMap()[LabelKey.cluster] ?? ""
                    case "managedFields": isOurs = try Self.isApplied(by: CertManagerName.fieldManager, &scanner)
                    default: try scanner.skip()
                    }
                }
            case "data": data = try TLSText(scanning: &scanner)
            default: try scanner.skip()
            }
        }
        content = LeafMemo.shared.content(of: data)
    }

    private static func isApplied(by manager: String, _ scanner: inout JSONScanner) throws -> Bool {
        var isApplied = false
        try scanner.forEachElement { scanner in
            var (name, operation) = ("", "")
            try scanner.forEachKey { key, scanner in
                switch key {
                case "manager": name = try scanner.optionalString()
                case "operation": operation = try scanner.optionalString()
                default: try scanner.skip()
                }
            }
            if name == manager, operation == "Apply" { isApplied = true }
        }
        return isApplied
    }

    /// Without `owned`: what is issued has another key each time, and is sent.
    var live: LiveChild {
        LiveChild(
            uid: identity.uid, resourceVersion: identity.resourceVersion, controllerUID: identity.controllerUID, owned: nil)
    }

    /// The Secret for a StatefulSet.
    static func key(of node: ObjectKey) -> ObjectKey {
        ObjectKey(namespace: node.namespace, name: NodeCertificate.secret(statefulSet: node.name))
    }

    /// The StatefulSet that it is for.
    var node: ObjectKey? {
        let suffix = NodeCertificate.secret(statefulSet: "")
        guard identity.key.name.hasSuffix(suffix) else { return nil }
        return ObjectKey(namespace: identity.key.namespace, name: String(identity.key.name.dropLast(suffix.count)))
    }
}
