import JSON
import KubernetesModel

/// Registers the simulated nodes once. They send no heartbeats: an idle cluster writes nothing.
struct NodeController: SimulatedController {
    var count: Int
    let component = "kubelet"

    func keys(for change: StoreEvent, in store: Store) -> [String] { [] }

    func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration? {
        for node in all(cluster.now) where cluster.get(.nodes, node.key) == nil { cluster.create(.nodes, node) }
        return nil
    }

    /// The nodes as they register.
    func all(_ now: Timestamp) -> [JSONValue] { (0..<count).map { node($0, now) } }

    private func node(_ index: Int, _ now: Timestamp) -> JSONValue {
        let name = "local-\(index)"
        let size: JSONValue = ["cpu": "1k", "memory": "4Ti", "ephemeral-storage": "4Ti", "pods": "5k"]
        func condition(_ type: String, _ status: String, _ reason: String, _ message: String) -> JSONValue {
            [
                "type": .string(type), "status": .string(status), "reason": .string(reason), "message": .string(message),
                "lastHeartbeatTime": .string(now.text), "lastTransitionTime": .string(now.text),
            ]
        }
        return [
            "apiVersion": "v1", "kind": "Node",
            "metadata": [
                "name": .string(name),
                "labels": [
                    "kubernetes.io/hostname": .string(name), "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
                    "topology.kubernetes.io/region": "local", "topology.kubernetes.io/zone": .string("zone-\(index % 3)"),
                ],
            ],
            "spec": ["providerID": .string("local://\(name)")],
            "status": [
                "capacity": size, "allocatable": size,
                "addresses": [
                    ["type": "InternalIP", "address": .string("127.0.1.\(index % 250 + 1)")],
                    ["type": "Hostname", "address": .string(name)],
                ],
                "conditions": [
                    condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
                    condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                    condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                    condition("Ready", "True", "KubeletReady", "the simulated kubelet is ready"),
                ],
                "nodeInfo": [
                    "kubeletVersion": "v1.36.0-local", "kubeProxyVersion": "", "operatingSystem": "linux", "architecture": "amd64",
                    "osImage": "simulated", "kernelVersion": "simulated", "containerRuntimeVersion": "simulated://1",
                    "machineID": .string(Hash.hex(name)), "systemUUID": .string(Hash.hex(name)), "bootID": .string(Hash.hex(name)),
                ],
            ],
        ]
    }
}
