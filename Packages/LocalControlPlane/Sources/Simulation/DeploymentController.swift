import JSON
import KubernetesModel

/// Rolls a Deployment's ReplicaSets within its surge and unavailability.
struct DeploymentController: SimulatedController {
    let component = "kube-controller-manager"

    func keys(for change: StoreEvent, in store: Store) -> [String] {
        if change.resource == .deployments { return [change.key.slashed] }
        guard change.resource == .replicaSets, let owner = change.object.controller, owner["kind"] == "Deployment" else {
            return []
        }
        return ["\(change.key.namespace)/\(owner.string("name"))"]
    }

    func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration? {
        let key = ObjectKey(slashed: key)
        guard let deployment = cluster.get(.deployments, key), !deployment.isBeingDeleted else { return nil }
        let hash = Hash.safe((deployment["spec", "template"] ?? [:]).text)
        let currentKey = ObjectKey(namespace: key.namespace, name: "\(key.name)-\(hash)")
        if cluster.get(.replicaSets, currentKey) == nil {
            cluster.create(.replicaSets, replicaSet(deployment, currentKey, hash, cluster))
        }
        if deployment["spec", "paused"] != true { roll(deployment, currentKey, &cluster) }
        let sets = own(deployment, cluster)
        cluster.updateStatus(.deployments, key, status(deployment, sets, currentKey, cluster.now))
        let old = sets.filter {
            $0.name != currentKey.name && $0["spec", "replicas"] == 0 && ($0["status", "replicas"]?.intValue ?? 0) == 0
        }
        .sorted { Self.revision($0) < Self.revision($1) }
        for set in old.dropLast(Int(deployment["spec", "revisionHistoryLimit"]?.intValue ?? 10)) {
            cluster.delete(.replicaSets, set.key)
        }
        return nil
    }

    private static let revisionKey = "deployment.kubernetes.io/revision"

    private static func revision(_ set: JSONValue) -> Int64 { Int64(set.string("metadata", "annotations", revisionKey)) ?? 0 }

    private func own(_ deployment: JSONValue, _ cluster: Cluster) -> [JSONValue] {
        cluster.list(.replicaSets, namespace: deployment.namespace).filter { $0.isControlled(by: deployment) }
    }

    private func replicaSet(_ deployment: JSONValue, _ key: ObjectKey, _ hash: String, _ cluster: Cluster) -> JSONValue {
        var template = deployment["spec", "template"] ?? [:]
        template[path: "metadata", "labels", "pod-template-hash"] = .string(hash)
        var selector = deployment["spec", "selector"] ?? [:]
        selector["matchLabels", "pod-template-hash"] = .string(hash)
        let next = (own(deployment, cluster).map(Self.revision).max() ?? 0) + 1
        return [
            "apiVersion": "apps/v1", "kind": "ReplicaSet",
            "metadata": [
                "name": .string(key.name), "namespace": .string(key.namespace),
                "labels": template[path: "metadata", "labels"] ?? [:],
                "annotations": .object([Self.revisionKey: .string("\(next)")]),
                "ownerReferences": [deployment.controllerReference()],
            ],
            "spec": ["replicas": 0, "selector": selector, "template": template],
        ]
    }

    private func roll(_ deployment: JSONValue, _ currentKey: ObjectKey, _ cluster: inout Cluster) {
        let wanted = deployment["spec", "replicas"]?.intValue ?? 1
        let sets = own(deployment, cluster)
        guard let current = sets.first(where: { $0.name == currentKey.name }) else { return }
        let old = sets.filter { $0.name != currentKey.name }
        func replicas(_ set: JSONValue) -> Int64 { set["spec", "replicas"]?.intValue ?? 0 }
        func available(_ set: JSONValue) -> Int64 { set["status", "availableReplicas"]?.intValue ?? 0 }
        func scale(_ set: JSONValue, to count: Int64) {
            cluster.update(.replicaSets, set.key) { $0["spec", "replicas"] = .int(count) }
        }
        if deployment[path: "spec", "strategy", "type"] == "Recreate" {
            for set in old where replicas(set) > 0 { scale(set, to: 0) }
            if old.allSatisfy({ ($0["status", "replicas"]?.intValue ?? 0) == 0 }) { scale(current, to: wanted) }
            return
        }
        let rolling = deployment[path: "spec", "strategy", "rollingUpdate"] ?? [:]
        let surge = Self.amount(rolling["maxSurge"], of: wanted, roundsUp: true)
        var unavailable = Self.amount(rolling["maxUnavailable"], of: wanted, roundsUp: false)
        if surge == 0, unavailable == 0 { unavailable = 1 }
        let total = sets.reduce(0) { $0 + replicas($1) }
        let room = max(0, wanted + surge - total)
        let next = min(wanted, replicas(current) + room)
        scale(current, to: replicas(current) > wanted ? wanted : next)
        var spare = sets.reduce(0) { $0 + available($1) } - (wanted - unavailable)
        for set in old where replicas(set) > 0 {
            // Pods that never got available may go at once.
            let dead = replicas(set) - available(set)
            let removed = min(replicas(set), dead + max(0, min(spare, available(set))))
            spare -= max(0, removed - dead)
            if removed > 0 { scale(set, to: replicas(set) - removed) }
        }
    }

    private static func amount(_ value: JSONValue?, of total: Int64, roundsUp: Bool) -> Int64 {
        if let number = value?.intValue { return number }
        guard let text = value?.stringValue, text.hasSuffix("%"), let percent = Int64(text.dropLast()) else { return 0 }
        return roundsUp ? (total * percent + 99) / 100 : total * percent / 100
    }

    private func status(_ deployment: JSONValue, _ sets: [JSONValue], _ currentKey: ObjectKey, _ now: Timestamp) -> JSONValue {
        func sum(_ field: String, _ sets: [JSONValue]) -> Int64 { sets.reduce(0) { $0 + ($1["status", field]?.intValue ?? 0) } }
        let wanted = deployment["spec", "replicas"]?.intValue ?? 1
        let current = sets.filter { $0.name == currentKey.name }
        let updated = sum("replicas", current)
        let available = sum("availableReplicas", sets)
        let unavailable = Self.amount(
            deployment[path: "spec", "strategy", "rollingUpdate", "maxUnavailable"], of: wanted, roundsUp: false)
        let isComplete = updated == wanted && sum("replicas", sets) == wanted && sum("availableReplicas", current) == wanted
        let isAvailable = available >= wanted - unavailable
        func condition(_ type: String, _ status: Bool, _ reason: String, _ message: String) -> JSONValue {
            let old = deployment.condition(type)
            let value: JSONValue = status ? "True" : "False"
            let since = old?["status"] == value ? old?["lastTransitionTime"] : .none
            let same = old?["status"] == value && old?["reason"] == .string(reason)
            return [
                "type": .string(type), "status": value, "reason": .string(reason), "message": .string(message),
                "lastTransitionTime": since ?? .string(now.text),
                "lastUpdateTime": (same ? old?["lastUpdateTime"] : .none) ?? .string(now.text),
            ]
        }
        var status: JSONValue = [
            "observedGeneration": deployment["metadata", "generation"] ?? 1,
            "conditions": [
                isAvailable
                    ? condition("Available", true, "MinimumReplicasAvailable", "Deployment has minimum availability.")
                    : condition("Available", false, "MinimumReplicasUnavailable", "Deployment does not have minimum availability."),
                isComplete
                    ? condition(
                        "Progressing", true, "NewReplicaSetAvailable",
                        "ReplicaSet \"\(currentKey.name)\" has successfully progressed.")
                    : condition("Progressing", true, "ReplicaSetUpdated", "ReplicaSet \"\(currentKey.name)\" is progressing."),
            ],
        ]
        let total = sum("replicas", sets)
        for (name, value) in [
            ("replicas", total), ("updatedReplicas", updated), ("readyReplicas", sum("readyReplicas", sets)),
            ("availableReplicas", available), ("unavailableReplicas", max(0, max(total, wanted) - available)),
        ] where value > 0 { status[name] = .int(value) }
        return status
    }
}
