package import ControllerRuntime
package import JSON
import KubernetesModel
import PKI
import SpiceTypes

/// The Secret of a root CA. Its key is kept, for it signs at any time; nothing shows it.
package struct CachedAuthority: CachedObject, CustomStringConvertible {
    package var identity: ObjectIdentity
    package var labels: [String: String]
    package var annotations: [String: String]
    package var data: TLSData
    /// Whether we made it: somebody else's is never touched.
    package var isOurs: Bool

    package init(scanning scanner: inout JSONScanner) throws {
        try self.init(try scanner.value())
    }

    package init(_ tree: JSONValue) throws {
        identity = try ObjectIdentity(metadataOf: tree)
        let metadata = try JSONTreeDecoder().decode(ObjectMeta.self, from: tree["metadata"] ?? .object([:]))
        labels = metadata.labels ?? [:]
        annotations = metadata.annotations ?? [:]
        data = TLSData(try JSONScanner.scan((tree["data"] ?? .null).serialized()) { try TLSText(scanning: &$0) })
        isOurs = OwnedFields.digest(of: tree, manager: CertManagerName.fieldManager) != nil
    }

    package var description: String { "Secret \(identity.key), \(data)" }
}

/// Annotations of a root CA's Secret.
package enum AuthorityAnnotation {
    /// `namespace/name` of the cluster that it is for.
    package static let cluster = "spice.ai/authority-of"
    /// The request that its key was last replaced for, or found there when it was made.
    package static let rotatedFor = AnnotationKey.rotateCA
    /// `switching` from the moment on in which the new key is there, until every node's certificate is from it.
    package static let rotation = "spice.ai/rotation"
    package static let switching = "switching"
}
