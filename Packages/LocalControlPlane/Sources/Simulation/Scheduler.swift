import JSON
import KubernetesModel

/// Binds pods to the node with the fewest, within selectors, required affinity and resource sizes.
struct Scheduler: SimulatedController {
    let component = "kube-scheduler"

    func keys(for change: StoreEvent, in store: Store) -> [String] {
        switch change.resource {
        case .pods where change.kind != .deleted && change.object["spec", "nodeName"] == nil: return [change.key.slashed]
        case .nodes, .claims:
            return store.all(.pods).filter { $0.value["spec", "nodeName"] == nil }.keys.sorted().map(\.slashed)
        default: return []
        }
    }

    func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration? {
        let key = ObjectKey(slashed: key)
        guard let pod = cluster.get(.pods, key), !pod.isBeingDeleted, pod["spec", "nodeName"] == nil,
            pod.list("spec", "schedulingGates").isEmpty, pod["spec", "schedulerName"] == "default-scheduler"
        else { return nil }
        for volume in pod.list("spec", "volumes") {
            guard let name = volume[path: "persistentVolumeClaim", "claimName"]?.stringValue else { continue }
            let claim = cluster.get(.claims, ObjectKey(namespace: key.namespace, name: name))
            guard let claim else { return fail(pod, "persistentvolumeclaim \"\(name)\" not found", &cluster) }
            let storageClass = cluster.get(.storageClasses, ObjectKey(name: claim.string("spec", "storageClassName")))
            if claim["status", "phase"] != "Bound", storageClass?["volumeBindingMode"] != "WaitForFirstConsumer" {
                return fail(pod, "pod has unbound immediate PersistentVolumeClaims", &cluster)
            }
        }
        let pods = cluster.list(.pods)
        let nodes = cluster.list(.nodes)
        let fitting = nodes.filter { fits(pod, on: $0, pods) }
        let load = Dictionary(grouping: pods) { $0.string("spec", "nodeName") }.mapValues(\.count)
        guard let node = fitting.min(by: { (load[$0.name] ?? 0, $0.name) < (load[$1.name] ?? 0, $1.name) }) else {
            return fail(pod, "0/\(nodes.count) nodes are available", &cluster)
        }
        cluster.update(.pods, key) { $0["spec", "nodeName"] = .string(node.name) }
        setCondition(key, ["type": "PodScheduled", "status": "True"], &cluster)
        cluster.event(on: pod, reason: "Scheduled", "Successfully assigned \(key.namespace)/\(key.name) to \(node.name)")
        return nil
    }

    private func fail(_ pod: JSONValue, _ message: String, _ cluster: inout Cluster) -> Duration? {
        if pod.condition("PodScheduled")?["message"] != .string(message) {
            cluster.event(on: pod, type: "Warning", reason: "FailedScheduling", message)
            setCondition(
                pod.key, ["type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": .string(message)],
                &cluster)
        }
        return nil
    }

    private func setCondition(_ key: ObjectKey, _ condition: JSONValue, _ cluster: inout Cluster) {
        var condition = condition
        condition["lastTransitionTime"] = .string(cluster.now.text)
        condition["lastProbeTime"] = .null
        cluster.update(.pods, key, subresource: "status") { pod in
            pod["status", "conditions"] = .array(
                pod.list("status", "conditions").filter { $0["type"] != "PodScheduled" } + [condition])
        }
    }

    private func fits(_ pod: JSONValue, on node: JSONValue, _ pods: [JSONValue]) -> Bool {
        guard node.condition("Ready")?["status"] == "True", node["spec", "unschedulable"] != true else { return false }
        let labels = node["metadata", "labels"]
        for (name, value) in pod["spec", "nodeSelector"]?.objectValue ?? [:] where labels?[name] != value { return false }
        let tolerations = pod.list("spec", "tolerations")
        for taint in node.list("spec", "taints") where taint["effect"] != "PreferNoSchedule" {
            guard tolerations.contains(where: { tolerates($0, taint) }) else { return false }
        }
        let terms =
            pod[
                path: "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]?.list(
                "nodeSelectorTerms") ?? []
        if !terms.isEmpty, !terms.contains(where: { LabelQuery(selector: $0).matches(labels) }) { return false }
        for term in pod[path: "spec", "affinity", "podAntiAffinity"]?.list("requiredDuringSchedulingIgnoredDuringExecution") ?? [] {
            let topology = term.string("topologyKey")
            let selector = LabelQuery(selector: term["labelSelector"])
            let isTaken = pods.contains { other in
                other.namespace == pod.namespace && other.uid != pod.uid && !other.isPodFinished
                    && selector.matches(other["metadata", "labels"])
                    && (other["spec", "nodeName"] == .string(node.name) && labels?[topology] != nil)
            }
            if isTaken { return false }
        }
        for container in pod.list("spec", "containers") {
            for (name, amount) in container[path: "resources", "requests"]?.objectValue ?? [:] {
                guard let size = node[path: "status", "allocatable", name]?.stringValue,
                    Quantity(size).isLess(than: Quantity(amount.stringValue ?? "")) == false
                else { return false }
            }
        }
        return true
    }

    private func tolerates(_ toleration: JSONValue, _ taint: JSONValue) -> Bool {
        if let effect = toleration["effect"], effect != "", effect != taint["effect"] { return false }
        if toleration["operator"] == "Exists" { return toleration["key"] == nil || toleration["key"] == taint["key"] }
        return toleration["key"] == taint["key"] && (toleration["value"] ?? "") == (taint["value"] ?? "")
    }
}
