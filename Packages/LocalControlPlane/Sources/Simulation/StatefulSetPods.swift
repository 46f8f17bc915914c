import JSON
import KubernetesModel

/// The pods and claims a StatefulSet makes.
enum StatefulSetPods {
    static func pod(_ ordinal: Int64, _ set: JSONValue, _ template: JSONValue, revision: String) -> JSONValue {
        let name = "\(set.name)-\(ordinal)"
        var metadata = template["metadata"] ?? [:]
        metadata["name"] = .string(name)
        metadata["generateName"] = .string("\(set.name)-")
        metadata["namespace"] = .string(set.namespace)
        metadata["labels", "statefulset.kubernetes.io/pod-name"] = .string(name)
        metadata["labels", "apps.kubernetes.io/pod-index"] = .string("\(ordinal)")
        metadata["labels", "controller-revision-hash"] = .string(revision)
        metadata["ownerReferences"] = [set.controllerReference()]
        metadata["creationTimestamp"] = nil
        var spec = template["spec"] ?? [:]
        spec["hostname"] = .string(name)
        if let service = set["spec", "serviceName"], service != "" { spec["subdomain"] = service }
        let claims = set.list("spec", "volumeClaimTemplates").map { template -> JSONValue in
            [
                "name": .string(template.name),
                "persistentVolumeClaim": ["claimName": .string(claim(template, ordinal, set).name)],
            ]
        }
        let others = spec.list("volumes").filter { volume in !claims.contains { $0["name"] == volume["name"] } }
        if !(claims + others).isEmpty { spec["volumes"] = .array(claims + others) }
        return ["apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec]
    }

    static func claim(_ template: JSONValue, _ ordinal: Int64, _ set: JSONValue) -> JSONValue {
        var metadata = template["metadata"] ?? [:]
        let labels = set[path: "spec", "selector", "matchLabels"]
        metadata["labels"] = MergePatch.apply(labels ?? [:], to: metadata["labels"])
        metadata["name"] = .string("\(template.name)-\(set.name)-\(ordinal)")
        metadata["namespace"] = .string(set.namespace)
        if set[path: "spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"] == "Delete" {
            metadata["ownerReferences"] = [set.controllerReference()]
        }
        return ["apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": metadata, "spec": template["spec"] ?? [:]]
    }
}
