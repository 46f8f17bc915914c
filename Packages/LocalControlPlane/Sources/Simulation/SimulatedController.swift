import JSON
import KubernetesModel

/// A built-in controller as the simulation runs it: woken by changes, one key at a time.
protocol SimulatedController: Sendable {
    /// Its field manager and event source.
    var component: String { get }
    /// The keys a change concerns.
    mutating func keys(for change: StoreEvent, in store: Store) -> [String]
    /// Does what is to be done for a key; returns when to look again, if no change comes before.
    mutating func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration?
}

extension ObjectKey {
    /// `namespace/name`, also for cluster-scoped objects: `/name`.
    var slashed: String { "\(namespace)/\(name)" }

    init(slashed text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.init(namespace: parts[0], name: parts.count > 1 ? parts[1] : "")
    }
}
