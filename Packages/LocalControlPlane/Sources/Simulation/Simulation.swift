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
        /// Work that webhooks have to be asked about, with what they have said so far; `isAsking` until their answer is there.
        var trials: [Work: Trial] = [:]

        mutating func enqueue(_ work: Work) {
            if trials[work]?.isAsking == true { return }
            timers[work] = nil
            if queued.insert(work).inserted { queue.append(work) }
        }
    }

    /// Attempts at one piece of work have one time and one source of names, so that they ask the same questions.
    private struct Trial {
        var now: Timestamp
        var identifiers: IdentifierSource
        var answers = WebhookAnswers(canBeAsked: true)
        var calls: [WebhookCall] = []
        var isAsking = false
    }

    /// How long a write that a webhook refused is not tried again.
    private static let refusalDelay = Duration.seconds(2)

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
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let pause = step()
                // a webhook that hangs holds up what it is asked about and nothing else
                for work in openQuestions() {
                    group.addTask { await self.ask(work) }
                }
                await timer.sleep(pause.map { max($0, .milliseconds(1)) })
            }
            group.cancelAll()
        }
    }

    /// Asks the webhooks that `step` came upon; false when there were none. `run` does it by itself.
    @discardableResult
    public func askWebhooks() async -> Bool {
        let open = openQuestions()
        for work in open { await ask(work) }
        return !open.isEmpty
    }

    private func openQuestions() -> [Work] {
        world.withLock { world in
            world.trials.filter { $0.value.isAsking && !$0.value.calls.isEmpty }.keys.sorted()
        }
    }

    private func ask(_ work: Work) async {
        let open = world.withLock { world in
            let open = world.trials[work]
            world.trials[work]?.calls = []
            return open
        }
        guard var trial = open, !trial.calls.isEmpty else { return }
        await server.ask(trial.calls, &trial.answers)
        world.withLock { [trial] world in
            world.trials[work]?.answers = trial.answers
            world.trials[work]?.isAsking = false
            world.enqueue(work)
        }
        timer.wake()
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
                let again = server.callsWebhooks ? attempt(work, &world, &core) : reconcile(work, &world, &core).again
                if let again { world.timers[work] = core.now + max(again, .milliseconds(1)) }
                return true
            }
        }
    }

    private func reconcile(_ work: Work, _ world: inout World, _ core: inout APICore) -> (again: Duration?, Cluster.Outcome) {
        var controller = world.controllers[work.controller]
        var cluster = Cluster(core: core, component: controller.component, isFrugal: options.isFrugal)
        core = .empty  // keeps the store uniquely referenced
        let again = controller.reconcile(work.key, &cluster)
        core = cluster.core
        world.controllers[work.controller] = controller
        return (again, Cluster.Outcome(undecided: cluster.undecided, refusal: cluster.refusal))
    }

    /// Does the work, or takes it back and notes which webhooks have to be asked first.
    private func attempt(_ work: Work, _ world: inout World, _ core: inout APICore) -> Duration? {
        let (now, identifiers, revision) = (core.now, core.identifiers, core.store.revision)
        let controller = world.controllers[work.controller]
        var trial = world.trials[work] ?? Trial(now: now, identifiers: .seeded(core.identifiers.number()))
        core.now = trial.now
        core.identifiers = trial.identifiers
        core.webhooks = trial.answers
        let (again, outcome) = reconcile(work, &world, &core)
        core.now = now
        core.identifiers = identifiers
        guard !outcome.undecided.isEmpty else {
            world.trials[work] = nil
            return outcome.refusal == nil ? again : min(again ?? Self.refusalDelay, Self.refusalDelay)
        }
        core.store.undo(to: revision)
        world.controllers[work.controller] = controller
        trial.calls = outcome.undecided
        trial.isAsking = true
        world.trials[work] = trial
        return nil
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
