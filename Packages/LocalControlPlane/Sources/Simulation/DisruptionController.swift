import JSON
import KubernetesModel

/// The status of PodDisruptionBudgets, which evictions go by.
struct DisruptionController: SimulatedController {
    let component = "kube-controller-manager"

    func keys(for change: StoreEvent, in store: Store) -> [String] {
        if change.resource == .budgets { return [change.key.slashed] }
        guard change.resource == .pods else { return [] }
        return store.all(.budgets).filter { key, budget in
            key.namespace == change.key.namespace
                && LabelQuery(selector: budget["spec", "selector"]).matches(change.object["metadata", "labels"])
        }.keys.sorted().map(\.slashed)
    }

    func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration? {
        let key = ObjectKey(slashed: key)
        guard let budget = cluster.get(.budgets, key) else { return nil }
        let selector = LabelQuery(selector: budget["spec", "selector"])
        let pods = cluster.list(.pods, namespace: key.namespace).filter {
            selector.matches($0["metadata", "labels"]) && !$0.isPodFinished
        }
        let expected = Int64(pods.count)
        let healthy = Int64(pods.filter { $0.isPodReady && !$0.isBeingDeleted }.count)
        func amount(_ value: JSONValue) -> Int64 {
            if let number = value.intValue { return number }
            guard let text = value.stringValue, text.hasSuffix("%"), let percent = Int64(text.dropLast()) else { return 0 }
            return (expected * percent + 99) / 100
        }
        let desired =
            budget["spec", "maxUnavailable"].map { max(0, expected - amount($0)) } ?? amount(budget["spec", "minAvailable"] ?? 0)
        let allowed = max(0, healthy - desired)
        cluster.updateStatus(
            .budgets, key,
            [
                "currentHealthy": .int(healthy), "desiredHealthy": .int(desired), "expectedPods": .int(expected),
                "disruptionsAllowed": .int(allowed), "observedGeneration": budget["metadata", "generation"] ?? 1,
                "conditions": [
                    condition(budget, allowed > 0, cluster.now)
                ],
            ])
        return nil
    }

    private func condition(_ budget: JSONValue, _ isAllowed: Bool, _ now: Timestamp) -> JSONValue {
        let old = budget.condition("DisruptionAllowed")
        let status: JSONValue = isAllowed ? "True" : "False"
        return [
            "type": "DisruptionAllowed", "status": status, "reason": isAllowed ? "SufficientPods" : "InsufficientPods",
            "message": "",
            "lastTransitionTime": (old?["status"] == status ? old?["lastTransitionTime"] : .none) ?? .string(now.text),
            "observedGeneration": budget["metadata", "generation"] ?? 1,
        ]
    }
}
