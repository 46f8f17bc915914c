import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// A Deployment that runs a set. Those of earlier operator versions carry no label of ours, so that all Deployments are listed; of
/// foreign ones only the identity is read, and no cache keeps them.
struct CachedDeployment: CachedObject {
    var child: CachedChild
    /// Controlled by a SpicepodSet.
    var isOfASet: Bool
    /// As the template says it; the metadata says it where the template is not ours.
    var version: String?
    var observedGeneration: Int64 = 0
    var deployment: ObservedDeployment
    var identity: ObjectIdentity { child.identity }

    init(scanning scanner: inout JSONScanner) throws {
        var object: JSONValue = [:]
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata": object["metadata"] = try scanner.value()
            // The API server writes metadata before spec and status.
            case _ where object["metadata"].map { !Self.isOfASet($0) } == true: try scanner.skip()
            case "spec": object["spec"] = try scanner.value()
            case "status": object["status"] = try scanner.value()
            default: try scanner.skip()
            }
        }
        isOfASet = object["metadata"].map(Self.isOfASet) ?? false
        child = try CachedChild(object)
        let status = object["status"]
        deployment = ObservedDeployment(spec: object["spec"] ?? [:], status: status ?? [:])
        deployment.isTakenOver = OwnedFields.owns("spec", "template", of: object, manager: SetControllerName.fieldManager)
        let full = object[path: "metadata", "annotations"]?[AnnotationKey.fullVersion]?.stringValue
        let label = object[path: "spec", "template", "metadata", "labels"]?[LabelKey.version]?.stringValue
        version = deployment.isTakenOver ? label : full.map { Version(sha: $0).short }
        observedGeneration = status?["observedGeneration"]?.intValue ?? 0
    }

    private static func isOfASet(_ metadata: JSONValue) -> Bool {
        let controller = metadata["ownerReferences"]?.arrayValue?.first { $0["controller"] == true }
        let group = controller?["apiVersion"]?.stringValue?.prefix { $0 != "/" }
        return controller?["kind"]?.stringValue == ResourceType.spicepodSets.kind
            && group.map(String.init) == ResourceType.spicepodSets.group
    }

    var observed: ObservedWorkload {
        ObservedWorkload(
            key: identity.key, uid: identity.uid, version: version, layout: .deployment,
            isObserved: observedGeneration >= identity.generation, deployment: deployment)
    }
}

/// What a Deployment says of itself and of its pods, which it rolls by itself.
struct ObservedDeployment: Sendable, Hashable {
    /// Selects its pods; those of an earlier operator version carry no label of ours.
    var selector: [String: String]
    /// Its selector leaves room for the labels of another version.
    var canRoll = true
    /// Its spec is applied by us; else it is left as an earlier operator version made it.
    var isTakenOver = true
    /// Its containers name their ports as the Services do.
    var namesPorts = true
    var replicas = 0
    var updated = 0
    var available = 0
}

extension ObservedDeployment {
    init(spec: JSONValue, status: JSONValue) {
        let labels = Self.strings(spec[path: "selector", "matchLabels"])
        let template = spec["template"]
        selector = labels.isEmpty ? Self.strings(template?[path: "metadata", "labels"]) : labels
        canRoll =
            !labels.isEmpty && labels[LabelKey.version] == nil
            && (spec[path: "selector", "matchExpressions"]?.arrayValue ?? []).isEmpty
        let containers = template?[path: "spec", "containers"]?.arrayValue ?? []
        let ports = Set(containers.flatMap { $0["ports"]?.arrayValue ?? [] }.compactMap { $0["name"]?.stringValue })
        namesPorts = ports.isSuperset(of: ["http", "flight", "metrics"])
        replicas = Int(status["replicas"]?.intValue ?? 0)
        updated = Int(status["updatedReplicas"]?.intValue ?? 0)
        available = Int(status["availableReplicas"]?.intValue ?? 0)
    }

    private static func strings(_ map: JSONValue?) -> [String: String] {
        (map?.objectValue ?? [:]).compactMapValues(\.stringValue)
    }
}
