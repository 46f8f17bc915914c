import JSON
import KubernetesModel
import Synchronization

/// The rest of a cluster around an `APIServer`: the built-in controllers, a scheduler and nodes whose kubelets run nothing.
///
/// Everything happens in `step`, in an order that depends on the changes and the clock only: with a seeded server and a clock of
/// its own a run repeats exactly.
public final class Simulation: Sendable {
    /// What is played: a whole cluster, or one part beside someone else's rest.
    public enum Part: Sendable {
        case cluster
        /// All but nodes and scheduler: `RemoteNodes` can be them.
        case controllers
        /// Scheduler, kubelets and the provisioner of volumes.
        case nodes
    }

    public struct Options: Sendable {
        public var part = Part.cluster
        public var nodes: Int
        /// Delays are divided by this.
        public var speed: Double
        /// From binding to the start of containers, before `speed`.
        public var startDelay = Duration.milliseconds(200)
        public var initDelay = Duration.milliseconds(100)
        /// From running to ready, of containers with a readiness probe.
        public var readyDelay = Duration.milliseconds(500)
        public var stopDelay = Duration.milliseconds(500)
        public var resizeDelay = Duration.milliseconds(500)
        public var backoff = Duration.seconds(2)
        public var backoffLimit = Duration.seconds(300)
        /// For many short simulations: leaves out what costs much and what only people look at. Components own no fields and
        /// record no events of type Normal; there are no endpoints, budgets and Deployments; a container that is ready is not
        /// probed again, so that an hour of virtual time costs nothing.
        public var isFrugal = false

        public init(part: Part = .cluster, nodes: Int = 3, speed: Double = 1) {
            self.part = part
            self.nodes = nodes
            self.speed = speed
        }

        func scaled(_ delay: Duration) -> Duration { delay / speed }
    }

    private struct Work: Hashable, Comparable {
        var controller: Int
        var key: String

        static func < (left: Work, right: Work) -> Bool { (left.controller, left.key) < (right.controller, right.key) }
    }

    private struct World {
        var controllers: [any SimulatedController]
        var cursor: Int64 = -1
        var queue: [Work] = []
        var queued: Set<Work> = []
        var timers: [Work: Timestamp] = [:]

        mutating func enqueue(_ work: Work) {
            timers[work] = nil
            if queued.insert(work).inserted { queue.append(work) }
        }
    }

    private let server: APIServer
    private let options: Options
    private let world: Mutex<World>
    private let reports: ProbeReports
    private let timer = WakeTimer()

    public convenience init(server: APIServer, options: Options = Options()) {
        self.init(server: server, options: options, runtime: InstantRuntime())
    }

    init(server: APIServer, options: Options, runtime: any PodRuntime) {
        self.server = server
        self.options = options
        let timer = timer
        reports = ProbeReports { timer.wake() }
        world = Mutex(World(controllers: Self.controllers(options, runtime, reports)))
        server.onChange { timer.wake() }
    }

    /// The kubelet is the last: probe results are for it.
    private static func controllers(
        _ options: Options, _ runtime: any PodRuntime, _ reports: ProbeReports
    ) -> [any SimulatedController] {
        var controllers: [any SimulatedController] = []
        if options.isFrugal {
            controllers += [GarbageCollector(), StatefulSetController()]
        } else if options.part != .nodes {
            controllers += [
                NamespaceController(), GarbageCollector(), StatefulSetController(), DeploymentController(), ReplicaSetController(),
                EndpointsController(), DisruptionController(),
            ]
        }
        controllers.append(VolumeController(options: options))
        if options.part != .controllers {
            controllers += [
                NodeController(count: options.nodes), Scheduler(), Kubelet(options: options, runtime: runtime, reports: reports),
            ]
        }
        return controllers
    }

    /// Runs until cancelled, by the machine's clock.
    public func run() async throws {
        while !Task.isCancelled {
            await timer.sleep(step().map { max($0, .milliseconds(1)) })
        }
    }

    /// Does everything that is due; returns the time until the next timer, nil when nothing waits for time.
    @discardableResult
    public func step() -> Duration? {
        while pump() {}
        return untilNextTimer
    }

    /// The time until the next timer, nil when nothing waits for time.
    public var untilNextTimer: Duration? {
        world.withLock { world in
            let now = server.withCore { $0.now }
            return world.timers.values.min().map { $0 - now }
        }
    }

    /// Does one unit of work; false when none is due.
    /// - Parameter choose: says which of so many units that are due; the first when nil.
    @discardableResult
    public func pump(choosing choose: ((Int) -> Int)? = nil) -> Bool {
        world.withLock { world in
            let reported = reports.pending()
            return server.withCore { core in
                Self.observe(&world, core)
                for key in reported { world.enqueue(Work(controller: world.controllers.count - 1, key: key)) }
                let due = world.timers.filter { $0.value <= core.now }
                for (work, _) in due.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) { world.enqueue(work) }
                guard !world.queue.isEmpty else { return false }
                let work = world.queue.remove(at: choose.map { $0(world.queue.count) } ?? 0)
                world.queued.remove(work)
                var controller = world.controllers[work.controller]
                var cluster = Cluster(core: core, component: controller.component, isFrugal: options.isFrugal)
                core = .empty  // keeps the store uniquely referenced
                let again = controller.reconcile(work.key, &cluster)
                core = cluster.core
                world.controllers[work.controller] = controller
                if let again { world.timers[work] = core.now + max(again, .milliseconds(1)) }
                return true
            }
        }
    }

    private static func observe(_ world: inout World, _ core: APICore) {
        let changes: [StoreEvent]
        if let later = core.store.changes(after: world.cursor), world.cursor >= 0 {
            changes = Array(later)
        } else {
            changes = core.store.objects.sorted { $0.key < $1.key }.flatMap { resource, objects in
                objects.sorted { $0.key < $1.key }.map { key, object in
                    StoreEvent(revision: core.store.revision, kind: .added, resource: resource, key: key, object: object)
                }
            }
            if world.cursor < 0, let index = world.controllers.firstIndex(where: { $0 is NodeController }) {
                world.enqueue(Work(controller: index, key: ""))
            }
        }
        world.cursor = core.store.revision
        for change in changes {
            for index in world.controllers.indices {
                for key in world.controllers[index].keys(for: change, in: core.store) {
                    world.enqueue(Work(controller: index, key: key))
                }
            }
        }
    }
}
