import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

extension SpicepodCluster {
    /// The owner of what is made for the cluster: it goes with it.
    var owner: OwnerReference {
        OwnerReference(
            apiVersion: ResourceType.spicepodClusters.apiVersion, kind: ResourceType.spicepodClusters.kind,
            name: metadata.name ?? "", uid: metadata.uid ?? "", controller: true, blockOwnerDeletion: true)
    }
}

extension DesiredObject {
    /// The whole object as it is applied.
    init(_ resource: ResourceType, _ metadata: ObjectMeta, spec: JSONValue) throws(JSONError) {
        let object: JSONValue = [
            "apiVersion": .string(resource.apiVersion), "kind": .string(resource.kind),
            "metadata": try JSONTreeEncoder().encode(metadata), "spec": spec,
        ]
        self.init(resource: resource, key: metadata.key, object: object)
    }
}
