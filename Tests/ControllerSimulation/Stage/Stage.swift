import KubernetesClient
import KubernetesModel
package import LocalControlPlane

/// One seed: real services over the real API in memory, with the simulated rest of a cluster, on virtual time.
///
/// Everything happens on the task that plays, in an order that only the seed and the script decide.
package final class Stage: @unchecked Sendable {
    package let clock: VirtualClock
    package let server: APIServer
    let simulation: Simulation
    package var trace: Trace
    package var counts = Counts()
    package private(set) var violation: Violation?
    package private(set) var services: [SimulatedService] = []
    /// Whether the cluster may have something to do.
    package var mayPump = true
    var random: SeededRandom
    private var audience: (any Audience)?
    private var journal: [StoreEvent] = []

    package init(seed: UInt64, _ template: ClusterTemplate, keepsTrace: Bool) async throws {
        clock = VirtualClock(seed: seed)
        server = try await template.server(clock: clock, seed: seed)
        simulation = Simulation(server: server, options: template.options)
        random = SeededRandom(seed: seed, stream: 1)
        trace = Trace(isKept: keepsTrace)
        // Synchronous, within the request that makes the change.
        server.setJournal { [unowned self] changes in journal += changes }
        clock.onSleep { [unowned self] in otherwiseBusy() }
    }

    /// The stage keeps its audience until it closes.
    package func open(_ services: [SimulatedService], for audience: any Audience) throws {
        self.services = services
        self.audience = audience
        for service in services {
            var client = KubernetesClient(
                transport: Wire(server: InProcessTransport(server), stage: self, service: service),
                fieldManager: "spice-\(service.name)", userAgent: "spiceai-operator/\(service.name)")
            client.time = clock.source
            service.client = client
            try start(service)
        }
    }

    package func close() {
        server.setJournal(nil)
        clock.onSleep(nil)
        services = []
        audience = nil
    }

    // MARK: What happened

    /// Takes in what was written since the last time.
    package func absorb(_ actor: Actor, isKnown: Bool = false) {
        guard !journal.isEmpty else { return }
        let events = journal
        journal = []
        mayPump = true
        trace.time = clock.now
        for event in events {
            counts.events += 1
            for service in services { service.process?.feed.append(event) }
            audience?.saw(event, by: actor, isKnown: isKnown)
        }
    }

    /// The first promise that was not kept is the run's outcome.
    package func fail(_ violation: Violation) {
        self.violation = self.violation ?? violation
        note("BROKEN \(violation.id): \(violation.detail)")
        audience?.tellState()
    }

    package func note(_ line: @autoclosure () -> String) {
        trace.time = clock.now
        trace.note(line())
    }

    // MARK: Services

    /// Begins a life, with caches that are listed anew.
    package func start(_ service: SimulatedService) throws {
        guard let client = service.client else { return }
        service.faults.restarted()
        let process = try service.start(client)
        service.process = process
        for index in 0..<process.feed.count { try relist(service, index) }
        audience?.began(service)
    }

    /// Ends a life between two reconciles.
    package func stop(_ service: SimulatedService) { service.process = nil }

    /// A watch breaks, and its informer lists anew.
    package func relist(_ service: SimulatedService, _ choice: Int) throws {
        guard let process = service.process else { return }
        for event in try process.feed.relist(choice % process.feed.count, server) { audience?.learned(event, service) }
    }

    var isWaiting: Bool { services.contains { ($0.process?.feed.waiting ?? 0) > 0 } }

    func deliver(_ choice: Int) throws {
        counts.deliveries += 1
        let busy = services.reduce(0) { $0 + ($1.process?.feed.busy ?? 0) }
        guard busy > 0 else { return }
        var left = choice % busy
        for service in services {
            guard let process = service.process else { continue }
            let count = process.feed.busy
            guard left >= count else {
                if let event = try process.feed.deliver(left) { audience?.learned(event, service) }
                return
            }
            left -= count
        }
    }

    typealias Work = (service: SimulatedService, controller: Int)

    var due: [Work] { services.flatMap { service in (service.process?.due ?? []).map { (service, $0) } } }

    func reconcile(_ due: [Work]) async throws {
        guard let work = due.count == 1 ? due.first : random.pick(due), let process = work.service.process else { return }
        audience?.plans(work.service)
        counts.reconciles += 1
        if let error = await process.reconcile(work.controller) { note("  reconcile: \(error)") }
        if work.service.faults.isCrashed { try start(work.service) }
    }

    // MARK: The cluster

    /// Before a request of a service arrives the world has moved on a little.
    func beforeRequest() {
        guard random.happens(25) else { return }
        for _ in 0..<(1 + random.below(3)) where mayPump { pump() }
    }

    /// While a service waits within a reconcile.
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

    /// When the cluster or a service has something to do by itself.
    package var untilNextTimer: Duration? {
        let deadline = services.compactMap { $0.process?.nextDeadline }.min()
        let retry = deadline.map { max(.milliseconds(1), $0 - clock.now) }
        return [simulation.untilNextTimer.map { max(.milliseconds(1), $0) }, retry].compactMap { $0 }.min()
    }

    package func advance(_ duration: Duration) {
        clock.advance(duration)
        mayPump = true
        guard violation == nil, let broken = audience?.passed() else { return }
        violation = broken
    }
}
