package import ControllerRuntime
package import KubernetesClient
package import KubernetesModel

/// The three of them over one API: for the service, and for simulations.
package struct Reconcilers: Sendable {
    package let authorities: AuthorityReconciler
    package let leaves: LeafReconciler
    package let serving: ServingReconciler

    package init(
        caches: Caches, servingCaches: ServingCaches, settings: Settings, client: KubernetesClient, events: EventRecorder,
        now: @escaping @Sendable () -> Timestamp
    ) {
        let metrics = IssueMetrics()
        authorities = AuthorityReconciler(
            caches: caches, settings: settings, client: client, applier: Applier(client: client, controller: "cluster-authority"),
            events: events, metrics: metrics, now: now)
        leaves = LeafReconciler(
            caches: caches, settings: settings, applier: Applier(client: client, controller: "cluster-certificate"),
            events: events, metrics: metrics, now: now)
        serving = ServingReconciler(
            caches: servingCaches, settings: settings, client: client,
            applier: Applier(client: client, controller: "serving-certificate"), events: events, metrics: metrics, now: now)
    }
}
