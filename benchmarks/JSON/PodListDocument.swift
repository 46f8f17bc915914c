import JSON

extension PodList {
    /// A list as the API server sends it: about 5 kB a pod, a third of that managedFields.
    static func document(_ count: Int) -> [UInt8] {
        let list: JSONValue = [
            "kind": "PodList", "apiVersion": "v1", "metadata": ["resourceVersion": "123456"],
            "items": .array((0..<count).map(pod)),
        ]
        return list.serialized()
    }

    private static func pod(_ index: Int) -> JSONValue {
        let labels: JSONValue = [
            "app.kubernetes.io/name": "spice", "app.kubernetes.io/instance": .string("set-\(index)"),
            "app.kubernetes.io/managed-by": "spiceai-operator", "spice.ai/app": .string("set-\(index)"),
            "spice.ai/spicepod": .string("set-\(index)"), "spice.ai/version": "af905b94",
            "controller-revision-hash": .string("set-\(index)-0-6d5f9c7b88"),
            "statefulset.kubernetes.io/pod-name": .string("set-\(index)-0-0"),
        ]
        return [
            "metadata": [
                "name": .string("set-\(index)-0-0"), "generateName": .string("set-\(index)-0-"), "namespace": "default",
                "uid": .string("7f5b2f7e-4f0a-4b4e-9a53-\(100_000_000_000 + index)"), "resourceVersion": .string("\(index * 7)"),
                "creationTimestamp": "2026-11-21T06:54:33Z", "labels": labels,
                "managedFields": [managedFields("kube-controller-manager"), managedFields("kubelet")],
            ],
            "spec": [
                "containers": [container], "nodeName": "node-1", "restartPolicy": "Always", "dnsPolicy": "ClusterFirst",
                "volumes": .array(
                    (0..<4).map { ["name": .string("volume-\($0)"), "configMap": ["name": "config", "defaultMode": 420]] }),
            ],
            "status": [
                "phase": "Running", "podIP": "10.128.0.17", "hostIP": "10.0.0.1", "startTime": "2026-11-21T06:54:33Z",
                "conditions": .array(
                    ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"].map {
                        [
                            "type": .string($0), "status": "True", "lastProbeTime": .null,
                            "lastTransitionTime": "2026-11-21T06:54:40Z",
                        ]
                    }),
            ],
        ]
    }

    private static let container: JSONValue = [
        "name": "spiced", "image": "ghcr.io/spiceai/spiceai:2.0.0-models", "imagePullPolicy": "IfNotPresent",
        "args": ["--http", "0.0.0.0:8090", "--flight", "0.0.0.0:50051", "--metrics", "0.0.0.0:9090"],
        "env": .array((0..<8).map { ["name": .string("VARIABLE_\($0)"), "value": "some \"quoted\" value\n"] }),
        "resources": ["requests": ["cpu": "200m", "memory": "1Gi"], "limits": ["memory": "4Gi"]],
    ]

    private static func managedFields(_ manager: String) -> JSONValue {
        let fields = Dictionary(
            (0..<24).map { ("f:field\($0)", JSONValue.object(["f:inner": [:], "f:other": [:]])) }, uniquingKeysWith: { $1 })
        return [
            "manager": .string(manager), "operation": "Update", "apiVersion": "v1", "time": "2026-11-21T06:54:33Z",
            "fieldsType": "FieldsV1", "fieldsV1": ["f:metadata": .object(fields), "f:spec": .object(fields)],
        ]
    }
}
