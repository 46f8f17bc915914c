import ControllerRuntime
import KubernetesClient
import KubernetesModel
import Logging
import SetController

/// One life of set-controller: caches, queue and reconciler, thrown away when it crashes.
final class ControllerProcess {
    let caches: Caches
    let reconciler: SetReconciler
    var feed: WatchFeed
    var queue = WorkQueueState<ObjectKey>()

    init(_ client: KubernetesClient, _ clock: VirtualClock) {
        caches = Caches(client: client, scope: .all, observer: nil)
        let logger = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        let events = EventRecorder(
            client: client, executable: "set-controller", instance: "simulated", logger: logger, wall: { clock.wall })
        reconciler = SetReconciler(
            caches: caches, settings: Settings(crashloopThreshold: 3), applier: Applier(client: client, controller: "spicepodset"),
            failures: FailureEvents(client: client, logger: logger), events: events, now: { clock.wall })
        feed = WatchFeed(caches.informers)
    }
}
