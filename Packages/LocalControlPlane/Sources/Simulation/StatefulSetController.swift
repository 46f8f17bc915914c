import JSON
import KubernetesModel

/// The StatefulSet controller: ordinals, order, revisions, claims, adoption and status.
struct StatefulSetController: SimulatedController {
    let component = "kube-controller-manager"

    func keys(for change: StoreEvent, in store: Store) -> [String] {
        if change.resource == .statefulSets { return [change.key.slashed] }
        guard change.resource == .pods else { return [] }
        for object in [change.object, change.previous].compactMap({ $0 }) {
            if let owner = object.controller {
                if owner["kind"] == "StatefulSet" { return ["\(change.key.namespace)/\(owner.string("name"))"] }
                return []
            }
        }
        // An orphan: whose pod could it be?
        guard let dash = change.key.name.lastIndex(of: "-") else { return [] }
        let key = ObjectKey(namespace: change.key.namespace, name: String(change.key.name[..<dash]))
        return store.object(.statefulSets, key) == nil ? [] : [key.slashed]
    }

    func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration? {
        let key = ObjectKey(slashed: key)
        guard let set = cluster.get(.statefulSets, key), !set.isBeingDeleted else { return nil }
        var history = RevisionHistory(of: set, in: cluster)
        let update = history.revision(for: set, &cluster)
        let known = set.string("status", "currentRevision")
        let current = history.names.contains(known) ? known : update
        adopt(set, &cluster)
        var plan = StatefulSetRollout(
            statefulSet: set, pods: pods(of: set, cluster), current: current, update: update, now: cluster.now)
        for action in plan.actions() { perform(action, set, history, &cluster) }
        plan.pods = pods(of: set, cluster)
        cluster.updateStatus(.statefulSets, key, plan.status(after: set["status"] ?? [:]))
        history.truncate(set, keeping: plan.revisionsInUse, &cluster)
        return plan.recheck
    }

    private func pods(of set: JSONValue, _ cluster: Cluster) -> [JSONValue] {
        cluster.list(.pods, namespace: set.namespace).filter { $0.isControlled(by: set) }
    }

    /// Takes over pods that match by label and name and belong to nobody.
    private func adopt(_ set: JSONValue, _ cluster: inout Cluster) {
        let selector = LabelQuery(selector: set["spec", "selector"])
        for pod in cluster.list(.pods, namespace: set.namespace)
        where pod.controller == nil && !pod.isBeingDeleted && selector.matches(pod["metadata", "labels"])
            && StatefulSetRollout.ordinal(of: pod, in: set) != nil
        {
            cluster.update(.pods, pod.key) {
                $0["metadata", "ownerReferences"] = .array(
                    $0.list("metadata", "ownerReferences") + [set.controllerReference()])
            }
        }
    }

    private func perform(
        _ action: StatefulSetRollout.Action, _ set: JSONValue, _ history: RevisionHistory, _ cluster: inout Cluster
    ) {
        switch action {
        case .create(let ordinal, let revision):
            let template = history.template(revision) ?? set["spec", "template"] ?? [:]
            createClaims(ordinal, set, &cluster)
            let pod = StatefulSetPods.pod(ordinal, set, template, revision: revision)
            if cluster.create(.pods, pod) != nil {
                cluster.event(
                    on: set, reason: "SuccessfulCreate", "create Pod \(pod.name) in StatefulSet \(set.name) successful")
            } else if cluster.get(.pods, pod.key) == nil {
                cluster.event(
                    on: set, type: "Warning", reason: "FailedCreate",
                    "create Pod \(pod.name) in StatefulSet \(set.name) failed" + (cluster.refusal.map { " error: \($0)" } ?? ""))
            }
        case .delete(let pod, let isScaleDown):
            if isScaleDown { ownClaims(of: pod, set, &cluster) }
            cluster.delete(.pods, pod.key)
            cluster.event(on: set, reason: "SuccessfulDelete", "delete Pod \(pod.name) in StatefulSet \(set.name) successful")
        }
    }

    private func createClaims(_ ordinal: Int64, _ set: JSONValue, _ cluster: inout Cluster) {
        for template in set.list("spec", "volumeClaimTemplates") {
            let claim = StatefulSetPods.claim(template, ordinal, set)
            guard cluster.get(.claims, claim.key) == nil, cluster.create(.claims, claim) != nil else { continue }
            cluster.event(
                on: set, reason: "SuccessfulCreate",
                "create Claim \(claim.name) Pod \(set.name)-\(ordinal) in StatefulSet \(set.name) success")
        }
    }

    /// `whenScaled: Delete`: the claims go with the pod.
    private func ownClaims(of pod: JSONValue, _ set: JSONValue, _ cluster: inout Cluster) {
        guard set[path: "spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"] == "Delete",
            let ordinal = StatefulSetRollout.ordinal(of: pod, in: set)
        else { return }
        for template in set.list("spec", "volumeClaimTemplates") {
            var reference = pod.controllerReference()
            reference["controller"] = nil
            reference["blockOwnerDeletion"] = nil
            cluster.update(.claims, StatefulSetPods.claim(template, ordinal, set).key) {
                $0["metadata", "ownerReferences"] = [reference]
            }
        }
    }
}
