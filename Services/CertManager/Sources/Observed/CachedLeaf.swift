package import ControllerRuntime
package import JSON
import KubernetesModel
import SpiceTypes

/// The Secret of a node's certificate or of a serving one, without its content.
package struct CachedLeaf: CachedObject, Hashable {
    package var identity = ObjectIdentity()
    package var labels: [String: String] = [:]
    package var content = LeafContent.broken(.unreadable)

    package init(scanning scanner: inout JSONScanner) throws {
        var data = TLSData()
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata":
                identity = try ObjectIdentity(scanningMetadata: &scanner) { key, scanner in
                    switch key {
                    case "labels": labels = try scanner.stringMap()
                    default: try scanner.skip()
                    }
                }
            case "data": data = try TLSData(scanning: &scanner)
            default: try scanner.skip()
            }
        }
        content = LeafContent(data)
    }

    /// Without `owned`: what is issued has another key each time, and is sent.
    var live: LiveChild {
        LiveChild(
            uid: identity.uid, resourceVersion: identity.resourceVersion, controllerUID: identity.controllerUID, owned: nil)
    }

    /// The StatefulSet that it is for.
    var node: ObjectKey? {
        let suffix = NodeCertificate.secret(statefulSet: "")
        guard identity.key.name.hasSuffix(suffix) else { return nil }
        return ObjectKey(namespace: identity.key.namespace, name: String(identity.key.name.dropLast(suffix.count)))
    }
}
