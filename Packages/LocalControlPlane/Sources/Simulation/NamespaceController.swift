import JSON
import KubernetesModel

/// Gives each namespace its default service account, and empties namespaces that are being deleted.
struct NamespaceController: SimulatedController {
    let component = "kube-controller-manager"

    func keys(for change: StoreEvent, in store: Store) -> [String] {
        if change.resource == .namespaces { return [change.key.name] }
        guard !change.key.namespace.isEmpty, change.kind == .deleted || change.resource == .serviceAccounts else { return [] }
        return [change.key.namespace]
    }

    func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration? {
        guard let namespace = cluster.get(.namespaces, ObjectKey(name: key)) else { return nil }
        guard namespace.isBeingDeleted else {
            let account = ObjectKey(namespace: key, name: "default")
            if cluster.get(.serviceAccounts, account) == nil {
                cluster.create(
                    .serviceAccounts,
                    ["apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "default", "namespace": .string(key)]])
            }
            return nil
        }
        var remaining = 0
        for resource in cluster.core.registry.stored where resource.namespaced {
            for object in cluster.list(resource.storage, namespace: key) {
                if !object.isBeingDeleted { cluster.delete(resource.storage, object.key) }
                if cluster.get(resource.storage, object.key) != nil { remaining += 1 }
            }
        }
        guard remaining == 0, let resource = cluster.core.registry.resource(.namespaces) else { return nil }
        var final = namespace
        final["spec"] = [:]
        if cluster.core.isGone(final, resource) { _ = cluster.core.removed(resource, ObjectKey(name: key), final) }
        return nil
    }
}
