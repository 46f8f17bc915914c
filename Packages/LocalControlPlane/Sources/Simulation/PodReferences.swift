import JSON
import KubernetesModel

/// What a pod names and a kubelet waits for: ConfigMaps, Secrets, their keys, and bound claims.
struct PodReferences {
    var pod: JSONValue
    var cluster: Cluster

    /// Why a volume cannot be mounted; nil when all can.
    var mountFailure: String? {
        for volume in pod.list("spec", "volumes") {
            var failure = lack("configmap", .configMaps, volume["configMap"], name: "name")
            failure = failure ?? lack("secret", .secrets, volume["secret"], name: "secretName")
            for source in volume["projected"]?.list("sources") ?? [] {
                failure = failure ?? lack("configmap", .configMaps, source["configMap"], name: "name")
                failure = failure ?? lack("secret", .secrets, source["secret"], name: "name")
            }
            if let name = volume[path: "persistentVolumeClaim", "claimName"]?.stringValue,
                cluster.get(.claims, ObjectKey(namespace: pod.namespace, name: name))?["status", "phase"] != "Bound"
            {
                failure = "persistentvolumeclaim \"\(name)\" not found"
            }
            if let failure { return "MountVolume.SetUp failed for volume \"\(volume.string("name"))\" : \(failure)" }
        }
        return nil
    }

    /// Why a container cannot be configured, by its name.
    var environmentFailures: [String: String] {
        var failures: [String: String] = [:]
        for container in pod.list("spec", "initContainers") + pod.list("spec", "containers") {
            for variable in container.list("env") {
                let source = variable["valueFrom"] ?? [:]
                let failure =
                    lack("configmap", .configMaps, source["configMapKeyRef"], name: "name")
                    ?? lack("secret", .secrets, source["secretKeyRef"], name: "name")
                if let failure, failures[container.string("name")] == nil { failures[container.string("name")] = failure }
            }
            for source in container.list("envFrom") {
                let failure =
                    lack("configmap", .configMaps, source["configMapRef"], name: "name")
                    ?? lack("secret", .secrets, source["secretRef"], name: "name")
                if let failure, failures[container.string("name")] == nil { failures[container.string("name")] = failure }
            }
        }
        return failures
    }

    private func lack(_ word: String, _ resource: GroupResource, _ source: JSONValue?, name field: String) -> String? {
        guard let source, source["optional"] != true, let name = source[field]?.stringValue, !name.isEmpty else { return nil }
        guard let object = cluster.get(resource, ObjectKey(namespace: pod.namespace, name: name)) else {
            return "\(word) \"\(name)\" not found"
        }
        let keys = source.list("items").map { $0.string("key") } + (source["key"]?.stringValue.map { [$0] } ?? [])
        for key in keys where object["data", key] == nil && object["binaryData", key] == nil {
            return "couldn't find key \(key) in \(word == "secret" ? "Secret" : "ConfigMap") \(pod.namespace)/\(name)"
        }
        return nil
    }
}
