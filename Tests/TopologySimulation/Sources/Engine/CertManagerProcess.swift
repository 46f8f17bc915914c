import CertManager
import ControllerRuntime
import ControllerSimulation
import KubernetesClient
import KubernetesModel
import Logging

extension SimulatedProcess {
    /// One life of cert-manager, as far as clusters go.
    /// - Parameter now: by the clock of its machine.
    static func certManager(
        _ client: KubernetesClient, _ clock: VirtualClock, now: @escaping @Sendable () -> Timestamp
    ) -> SimulatedProcess {
        let caches = Caches(client: client, scope: .all, operatorNamespace: Picture.operatorNamespace, observer: nil)
        let events = EventRecorder(
            client: client, executable: CertManagerName.executable, instance: "simulated",
            logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }, wall: now)
        let reconcilers = Reconcilers(
            caches: caches,
            servingCaches: ServingCaches(client: client, operatorNamespace: Picture.operatorNamespace, observer: nil),
            settings: Settings(clusterDomain: Picture.domain, operatorNamespace: Picture.operatorNamespace), client: client,
            events: events, now: now)
        let process = SimulatedProcess(clock, watches: caches.informers)
        let authorities = process.addController { try await reconcilers.authorities.reconcile($0) }
        let leaves = process.addController { try await reconcilers.leaves.reconcile($0) }
        caches.onChange(
            cluster: { [unowned process] key in process.enqueue(key, for: authorities) },
            // the looks are gathered for a moment in the service
            status: { [unowned process] key in process.enqueue(key, for: authorities) },
            node: { [unowned process] key in process.enqueue(key, for: leaves) })
        return process
    }
}
