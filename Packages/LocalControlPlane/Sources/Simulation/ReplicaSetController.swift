import JSON
import KubernetesModel

/// Keeps as many pods as a ReplicaSet asks for.
struct ReplicaSetController: SimulatedController {
    let component = "kube-controller-manager"

    func keys(for change: StoreEvent, in store: Store) -> [String] {
        if change.resource == .replicaSets { return [change.key.slashed] }
        guard change.resource == .pods, let owner = change.object.controller, owner["kind"] == "ReplicaSet" else { return [] }
        return ["\(change.key.namespace)/\(owner.string("name"))"]
    }

    func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration? {
        let key = ObjectKey(slashed: key)
        guard let set = cluster.get(.replicaSets, key), !set.isBeingDeleted else { return nil }
        func own() -> [JSONValue] {
            cluster.list(.pods, namespace: key.namespace).filter {
                $0.isControlled(by: set) && !$0.isPodFinished && !$0.isBeingDeleted
            }
        }
        let wanted = Int(set["spec", "replicas"]?.intValue ?? 1)
        let pods = own()
        for _ in pods.count..<max(pods.count, wanted) {
            var metadata = set[path: "spec", "template", "metadata"] ?? [:]
            metadata["generateName"] = .string("\(set.name)-")
            metadata["namespace"] = .string(set.namespace)
            metadata["ownerReferences"] = [set.controllerReference()]
            guard
                let pod = cluster.create(
                    .pods,
                    ["apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": set[path: "spec", "template", "spec"] ?? [:]])
            else {
                if let refusal = cluster.refusal {
                    cluster.event(on: set, type: "Warning", reason: "FailedCreate", "Error creating: \(refusal)")
                }
                break
            }
            cluster.event(on: set, reason: "SuccessfulCreate", "Created pod: \(pod.name)")
        }
        let surplus = pods.sorted { ($0.isPodReady ? 1 : 0, $0.name) < ($1.isPodReady ? 1 : 0, $1.name) }
            .prefix(max(0, pods.count - wanted))
        for pod in surplus {
            cluster.delete(.pods, pod.key)
            cluster.event(on: set, reason: "SuccessfulDelete", "Deleted pod: \(pod.name)")
        }
        let left = own()
        let minReadySeconds = set["spec", "minReadySeconds"]?.intValue ?? 0
        let ready = Int64(left.filter(\.isPodReady).count)
        let available = Int64(left.filter { $0.isPodAvailable(minReadySeconds, cluster.now) }.count)
        var status: JSONValue = [
            "replicas": .int(Int64(left.count)), "observedGeneration": set["metadata", "generation"] ?? 1,
        ]
        for (name, value) in [
            ("fullyLabeledReplicas", Int64(left.count)), ("readyReplicas", ready), ("availableReplicas", available),
        ]
        where value > 0 { status[name] = .int(value) }
        cluster.updateStatus(.replicaSets, key, status)
        return ready > available ? .seconds(1) : nil
    }
}
