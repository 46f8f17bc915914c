import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// What every child of a set has in common: labels, annotations and the owner.
struct ChildMetadata {
    let set: SpicepodSet
    let names: ChildNames

    init(set: SpicepodSet) {
        self.set = set
        names = ChildNames(set: set.metadata.name ?? "")
    }

    var namespace: String { self.set.metadata.namespace ?? "" }

    /// Labels that select the set's pods whatever their version.
    var selector: [String: String] { [LabelKey.spicepod: names.labelValue] }

    /// Labels that select the pods of one generation.
    func selector(of generation: GenerationID) -> [String: String] { selector.merging(generation.selector) { _, own in own } }

    /// The set's labels, then ours: a reserved key is never the user's.
    func labels(_ component: Component, version: Version? = nil) -> [String: String] {
        var labels: [String: String] = [
            "app.kubernetes.io/name": "spice",
            "app.kubernetes.io/instance": names.labelValue,
            "app.kubernetes.io/component": component.rawValue,
            "app.kubernetes.io/managed-by": "spiceai-operator",
        ]
        labels.merge(set.spec.labels ?? [:]) { _, user in user }
        labels[LabelKey.app] = names.labelValue
        labels[LabelKey.spicepod] = names.labelValue
        labels[LabelKey.component] = component.rawValue
        if let cluster = set.spec.cluster {
            labels[LabelKey.cluster] = ClusterNames(cluster: cluster.name).labelValue
            labels[LabelKey.clusterRole] = cluster.role.rawValue
        }
        if let version { labels[LabelKey.version] = version.short }
        return labels
    }

    func metadata(_ name: String, _ component: Component, version: Version? = nil, annotations: [String: String] = [:])
        -> ObjectMeta
    {
        ObjectMeta {
            $0.name = name
            $0.namespace = namespace
            $0.labels = labels(component, version: version)
            let all = (set.spec.annotations ?? [:]).merging(annotations) { _, ours in ours }
            $0.annotations = all.isEmpty ? nil : all
            $0.ownerReferences = [owner]
        }
    }

    var owner: OwnerReference {
        OwnerReference(
            apiVersion: ResourceType.spicepodSets.apiVersion, kind: ResourceType.spicepodSets.kind, name: set.metadata.name ?? "",
            uid: set.metadata.uid ?? "", controller: true, blockOwnerDeletion: true)
    }

    /// For what goes with the set but is another controller's.
    var ownerWithoutControl: OwnerReference {
        OwnerReference(
            apiVersion: ResourceType.spicepodSets.apiVersion, kind: ResourceType.spicepodSets.kind, name: set.metadata.name ?? "",
            uid: set.metadata.uid ?? "")
    }

    /// The whole object as it is applied.
    func object(_ resource: ResourceType, _ metadata: ObjectMeta, _ content: JSONValue) throws(JSONError) -> DesiredObject {
        var object = content
        object["apiVersion"] = .string(resource.apiVersion)
        object["kind"] = .string(resource.kind)
        object["metadata"] = try JSONTreeEncoder().encode(metadata)
        return DesiredObject(resource: resource, key: metadata.key, object: object)
    }
}
