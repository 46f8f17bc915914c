import ClusterController
import ControllerRuntime
import ControllerSimulation
import KubernetesClient
import KubernetesModel
import Logging

extension SimulatedProcess {
    /// One life of cluster-controller.
    /// - Parameter edit: a planted bug, or nothing.
    static func clusterController(
        _ client: KubernetesClient, _ clock: VirtualClock, edit: @escaping (ClusterPlan) -> ClusterPlan
    ) -> SimulatedProcess {
        let caches = Caches(client: client, scope: .all, observer: nil)
        let settings = Settings(clusterDomain: Picture.domain)
        let events = EventRecorder(
            client: client, executable: ClusterControllerName.executable, instance: "simulated",
            logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }, wall: { clock.wall })
        let reconciler = ClusterReconciler(
            caches: caches, settings: settings, rules: Settings.rules(clusterDomain: settings.clusterDomain),
            applier: Applier(client: client, controller: "spicepodcluster"), events: events, now: { clock.wall })
        let process = SimulatedProcess(clock, watches: caches.informers)
        let clusters = process.addController { key in
            guard let (world, plan) = try reconciler.plan(key) else { return nil }
            return try await reconciler.carryOut(edit(plan), world)
        }
        caches.onChange { [unowned process] key in process.enqueue(key, for: clusters) }
        return process
    }
}
