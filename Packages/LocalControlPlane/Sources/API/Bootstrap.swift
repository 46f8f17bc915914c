import JSON
import KubernetesModel

extension APICore {
    /// What every cluster starts with. What is there already stays.
    mutating func bootstrap() {
        for name in ["default", "kube-system", "kube-public", "kube-node-lease"] {
            make("/api/v1/namespaces", ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]])
        }
        make("/apis/storage.k8s.io/v1/storageclasses", Self.standardStorageClass)
        for (name, value) in [("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000)]
            as [(String, Int64)]
        {
            make(
                "/apis/scheduling.k8s.io/v1/priorityclasses",
                [
                    "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": ["name": .string(name)],
                    "value": .int(value),
                ])
        }
        make(
            "/api/v1/namespaces/default/services",
            [
                "apiVersion": "v1", "kind": "Service",
                "metadata": ["name": "kubernetes", "labels": ["component": "apiserver", "provider": "kubernetes"]],
                "spec": ["clusterIP": "10.96.0.1", "ports": [["name": "https", "port": 443, "targetPort": 6443]]],
            ])
    }

    /// The default class, of volumes that the simulation provisions.
    static let standardStorageClass: JSONValue = [
        "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
        "metadata": ["name": "standard", "annotations": ["storageclass.kubernetes.io/is-default-class": "true"]],
        "provisioner": .string(VolumeController.provisioner), "allowVolumeExpansion": true, "reclaimPolicy": "Delete",
        "volumeBindingMode": "Immediate",
    ]

    private mutating func make(_ path: String, _ object: JSONValue) {
        _ = handle(
            APIRequest(
                method: "POST", path: path, headers: [("User-Agent", "kube-apiserver"), ("Content-Type", "application/json")],
                body: object.serialized()))
    }
}
