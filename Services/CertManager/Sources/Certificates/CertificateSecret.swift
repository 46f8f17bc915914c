import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// A Secret with a certificate as it is applied.
struct CertificateSecret {
    var key: ObjectKey
    /// Those that say what it is for.
    var labels: [String: String]
    var annotations: [String: String] = [:]
    /// `app.kubernetes.io/instance`
    var instance: String
    var owner: OwnerReference?
    /// Any later one is a conflict. Only for keys that sign: the one kind of object of which an old view must not win.
    var resourceVersion: String?
    var data: JSONValue

    func desired() throws(JSONError) -> DesiredObject {
        let metadata = ObjectMeta {
            $0.name = key.name
            $0.namespace = key.namespace
            $0.resourceVersion = resourceVersion
            $0.labels = labels.merging(
                [
                    "app.kubernetes.io/name": "spice", "app.kubernetes.io/instance": instance,
                    "app.kubernetes.io/component": Component.certificate.rawValue,
                    "app.kubernetes.io/managed-by": "spiceai-operator", LabelKey.component: Component.certificate.rawValue,
                ], uniquingKeysWith: { own, _ in own })
            $0.annotations = annotations.isEmpty ? nil : annotations
            $0.ownerReferences = owner.map { [$0] }
        }
        return DesiredObject(
            resource: .secrets, key: key,
            object: [
                "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
                "metadata": try JSONTreeEncoder().encode(metadata), "data": data,
            ])
    }
}
