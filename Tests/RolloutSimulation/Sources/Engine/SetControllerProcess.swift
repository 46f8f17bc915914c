import ControllerRuntime
package import ControllerSimulation
package import KubernetesClient
import KubernetesModel
import Logging
package import SetController

extension SimulatedProcess {
    /// One life of set-controller.
    /// - Parameter edit: a planted bug, or nothing.
    package static func setController(
        _ client: KubernetesClient, _ clock: VirtualClock, edit: @escaping (SetPlan) -> SetPlan = { $0 }
    ) -> SimulatedProcess {
        let caches = Caches(client: client, scope: .all, observer: nil)
        let logger = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        let events = EventRecorder(
            client: client, executable: "set-controller", instance: "simulated", logger: logger, wall: { clock.wall })
        let reconciler = SetReconciler(
            caches: caches, settings: Settings(crashloopThreshold: 3), applier: Applier(client: client, controller: "spicepodset"),
            failures: FailureEvents(client: client, logger: logger), events: events, now: { clock.wall })
        let process = SimulatedProcess(clock, watches: caches.informers)
        let sets = process.addController { key in
            guard let (world, plan) = try await reconciler.plan(key) else { return try await reconciler.collectOrphans(key) }
            return try await reconciler.carryOut(edit(plan), world)
        }
        caches.onChange { [unowned process] key in process.enqueue(key, for: sets) }
        return process
    }
}
