import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import SetController

/// One seed: the real set-controller over the real API in memory, with the simulated rest of a cluster, on virtual time.
///
/// Everything happens on the task that calls `play`, in an order that only the seed and the script decide.
final class Run: @unchecked Sendable {
    static let key = ObjectKey(namespace: Picture.namespace, name: Picture.name)

    let seed: UInt64
    let clock: VirtualClock
    let server: APIServer
    let simulation: Simulation
    let mutation: Mutation?
    let user: User
    var faults = ArmedFaults()
    var trace: Trace
    var random: SeededRandom
    var controller: ControllerProcess?

    /// As the API has it, and as the controller's caches have it.
    var picture = Picture()
    var known = Picture()
    /// `known` when the controller last planned.
    var planned = Picture()
    var ledger = Ledger()
    var promises = Promises()
    var violation: Violation?
    var counts = Counts()
    /// Writes of the controller that changed something, other than the status alone.
    var writes: [String] = []
    /// Whether the cluster may have something to do.
    var mayPump = true
    private var journal: [StoreEvent] = []
    private var client: KubernetesClient?

    init(_ script: Script, mutation: Mutation? = nil, keepsTrace: Bool = false) async throws {
        seed = script.seed
        clock = VirtualClock(seed: seed)
        server = try await ClusterTemplate.server(clock: clock, seed: seed)
        simulation = Simulation(server: server, options: ClusterTemplate.options)
        random = SeededRandom(seed: seed, stream: 1)
        trace = Trace(isKept: keepsTrace)
        user = User(server, script.start, clock)
        self.mutation = mutation
        // Synchronous, within the request that makes the change.
        server.setJournal { [unowned self] changes in journal += changes }
        clock.onSleep { [unowned self] in otherwiseBusy() }
        var client = KubernetesClient(
            transport: Wire(server: InProcessTransport(server), run: self), fieldManager: "spice-set-controller",
            userAgent: "spiceai-operator/set-controller")
        client.time = clock.source
        self.client = client
    }

    func close() {
        server.setJournal(nil)
        clock.onSleep(nil)
        client = nil
        controller = nil
    }

    // MARK: What happened

    /// Takes in what was written since the last time.
    /// - Parameter isKnown: the controller has the answer to its write.
    func absorb(_ actor: Actor, isKnown: Bool = false) {
        guard !journal.isEmpty else { return }
        let events = journal
        journal = []
        mayPump = true
        trace.time = clock.now
        for event in events {
            counts.events += 1
            controller?.feed.append(event)
            if isKnown { _ = known.take(event) }
            guard let change = picture.take(event) else { continue }
            if actor == .controller { writes.append("\(event.kind.rawValue) \(event.resource) \(event.key.name)") }
            tell(change, event, actor)
            let lost = ledger.take(change, by: actor, picture, replicas: planned.set?.replicas ?? 0)
            guard violation == nil else { continue }
            let moment = Moment(
                now: clock.wall, actor: actor, change: change, lost: lost, picture: picture, ledger: ledger, planned: planned)
            violation = promises.check(moment)
            if let violation {
                trace.note("BROKEN \(violation.id): \(violation.detail)")
                tellState()
            }
        }
    }

    private func tell(_ change: Change, _ event: StoreEvent, _ actor: Actor) {
        guard trace.isKept else { return }
        let text = change.text(picture)
        guard text != nil || actor != .cluster else { return }
        trace.note("  \(actor.rawValue): \(text ?? "\(event.kind.rawValue) \(event.resource) \(event.key.name)")")
    }

    // MARK: The controller

    func startController() throws {
        guard let client else { return }
        let process = ControllerProcess(client, clock)
        controller = process
        process.caches.onChange { [unowned self] key in controller?.queue.add(key, now: clock.now) }
        for index in 0..<process.feed.count { try relist(index) }
        known = picture
    }

    func relist(_ choice: Int) throws {
        guard let missed = try controller?.feed.relist(choice, server) else { return }
        for event in missed { _ = known.take(event) }
    }

    func deliver(_ choice: Int) throws {
        counts.deliveries += 1
        guard let event = try controller?.feed.deliver(choice) else { return }
        _ = known.take(event)
    }

    var isReconcileDue: Bool {
        guard let controller else { return false }
        controller.queue.release(clock.now)
        return controller.queue.depth > 0
    }

    func reconcile() async throws {
        guard let process = controller, let (key, _) = process.queue.next(now: clock.now) else { return }
        planned = known
        counts.reconciles += 1
        do {
            if let (world, plan) = try await process.reconciler.plan(key) {
                let plan = mutation?.apply(plan, self) ?? plan
                let delay = try await process.reconciler.carryOut(plan, world)
                process.queue.forget(key)
                if let delay { process.queue.add(key, at: clock.now + delay) }
            } else {
                _ = try await process.reconciler.collectOrphans(key)
                process.queue.forget(key)
            }
        } catch {
            trace.time = clock.now
            trace.note("  reconcile: \(error)")
            retry(process, key, error)
        }
        process.queue.done(key, now: clock.now)
        if faults.isCrashed {
            faults.restarted()
            try startController()
        }
    }

    private func retry(_ process: ControllerProcess, _ key: ObjectKey, _ error: any Error) {
        switch error as? ReconcileError {
        case .stalled: process.queue.forget(key)
        case .waiting(let delay, _):
            process.queue.forget(key)
            process.queue.add(key, at: clock.now + delay)
        case .transient, nil: process.queue.retry(key, now: clock.now, random: 0.5)
        }
    }

    // MARK: The cluster

    /// Before a request of the controller arrives the world has moved on a little.
    func beforeRequest() {
        guard random.happens(25) else { return }
        for _ in 0..<(1 + random.below(3)) where mayPump { pump() }
    }

    /// While the controller waits within a reconcile.
    private func otherwiseBusy() {
        mayPump = true
        for _ in 0..<4 where mayPump { pump() }
        for _ in 0..<4 where random.happens(50) { try? deliver(random.below(64)) }
    }

    func pump() {
        counts.units += 1
        mayPump = simulation.pump { self.random.below($0) }
        absorb(.cluster)
    }

    /// When the cluster or the controller has something to do by itself.
    var untilNextTimer: Duration? {
        let retry = controller?.queue.nextDeadline.map { max(.milliseconds(1), $0 - clock.now) }
        return [simulation.untilNextTimer.map { max(.milliseconds(1), $0) }, retry].compactMap { $0 }.min()
    }

    func advance(_ duration: Duration) {
        clock.advance(duration)
        mayPump = true
        if violation == nil { violation = promises.tick(picture, clock.wall) }
    }
}
