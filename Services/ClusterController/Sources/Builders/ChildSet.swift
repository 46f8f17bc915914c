import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// The child SpicepodSet of a role as it is applied.
enum ChildSetBuilder {
    static func build(_ nodes: NodePlan, _ cluster: SpicepodCluster) throws(JSONError) -> DesiredObject? {
        guard let spec = nodes.spec else { return nil }
        var metadata = nodes.wanted.metadata
        metadata.ownerReferences = [cluster.owner]
        metadata.annotations = [
            // Lists in another order and empty values make a version too, and would not be seen as a change otherwise.
            AnnotationKey.fullVersion: nodes.version,
            AnnotationKey.clusterReplicas: "\(nodes.wish)",
        ]
        // set-controller judges the child as the cluster was judged
        if let level = cluster.metadata.annotations?[AnnotationKey.validationLevel] {
            metadata.annotations?[AnnotationKey.validationLevel] = level
        }
        var desired = try DesiredObject(.spicepodSets, metadata, spec: withoutEmpty(JSONTreeEncoder().encode(spec)))
        desired.takesOver = nodes.takesBack
        return desired
    }

    /// An empty object would be owned as a whole, with the defaults that the API server puts into it.
    private static func withoutEmpty(_ spec: JSONValue) -> JSONValue {
        guard case .object(let members) = spec else { return spec }
        return .object(members.filter { $0.key == "spicepod" || ($0.value != .object([:]) && $0.value != .array([])) })
    }
}
