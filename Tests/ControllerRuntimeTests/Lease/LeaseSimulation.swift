import JSON
import KubernetesModel

@testable import ControllerRuntime

/// Replicas, a Lease store and a network between them that loses, delays and repeats nothing by halves: a request may be lost
/// before or after it took effect, and an answer may come when nobody waits for it any more.
struct LeaseSimulation {
    enum Event {
        case wake(Int)
        case request(Int, LeaseGroup.Action)
        case answer(Int, LeaseGroup.Input)
        case watch(Int, LeaseGroup.Input)
        case relist(Int)
        case crash
        case graceful
        case partition
    }

    struct Faults {
        var loss = 0.05
        var slow = 0.25
        var blind = 0.02
        var crashes = true
        var partitions = true
    }

    let slices: Int
    var faults: Faults
    var random: SplitMix64
    private(set) var now: Duration = .zero
    private(set) var replicas: [SimulatedReplica] = []
    private var events: [(at: Duration, order: Int, event: Event)] = []
    private var order = 0
    /// The one wake-up of each replica that counts.
    private var wakes: [Int: Duration] = [:]
    private var store: [String: Lease] = [:]
    private var revision: Int64 = 0
    /// What must never be: found at this time.
    private(set) var violations: [String] = []
    private(set) var takeovers = 0

    init(slices: Int, replicas: Int, seed: UInt64, faults: Faults = Faults()) {
        self.slices = slices
        self.faults = faults
        random = SplitMix64(seed: seed)
        for _ in 0..<replicas { start() }
        if faults.crashes { schedule(.crash, after: random.duration(20...120)) }
        if faults.partitions { schedule(.partition, after: random.duration(5...60)) }
    }

    // MARK: Running

    mutating func run(for duration: Duration) {
        let end = now + duration
        while let next = events.last, next.at <= end {
            events.removeLast()
            now = max(now, next.at)
            if case .wake(let id) = next.event, wakes[id] != next.at { continue }
            perform(next.event)
            check()
        }
        now = end
    }

    /// No more faults, and the time that all leases need.
    mutating func calmDown() {
        faults = .none
        run(for: .seconds(180))
    }

    mutating func crash(_ identity: String) {
        guard let id = replicas.firstIndex(where: { $0.identity == identity }) else { return }
        replicas[id].isAlive = false
        start()
    }

    mutating func stop(_ identity: String) {
        guard let id = replicas.firstIndex(where: { $0.identity == identity }) else { return }
        replicas[id].isStopping = true
        feed(id, .stop)
    }

    private mutating func schedule(_ event: Event, after delay: Duration) {
        order += 1
        let at = now + delay
        // the earliest is the last, and what was scheduled first comes first
        let index = events.firstIndex { $0.at <= at && !($0.at == at && $0.order < order) } ?? events.endIndex
        events.insert((at, order, event), at: index)
    }

    private mutating func start() {
        let id = replicas.count
        replicas.append(SimulatedReplica(id: id, slices: slices, seed: random.next(), random: &random))
        let delay = random.duration(0...2)
        wakes[id] = now + delay
        schedule(.wake(id), after: delay)
        schedule(.relist(id), after: random.duration(0...1))
    }

    private mutating func perform(_ event: Event) {
        switch event {
        case .wake(let id): feed(id, .tick)
        case .request(let id, let action): serve(id, action)
        case .answer(let id, let input): feed(id, input)
        case .watch(let id, let input):
            guard replicas[id].isWatching, !isCutOff(id) else { return }
            feed(id, input)
        case .relist(let id):
            guard replicas[id].isAlive else { return }
            guard !isCutOff(id) else { return schedule(.relist(id), after: .seconds(2)) }
            replicas[id].isWatching = true
            for lease in store.values.sorted(by: { $0.name < $1.name }) { feed(id, .watched(lease)) }
            feed(id, .listed(names: Set(store.keys)))
        case .crash:
            if faults.crashes, let id = random.pick(alive) {
                if random.chance(0.4) {
                    schedule(.graceful, after: .zero)
                } else {
                    replicas[id].isAlive = false
                    start()
                }
            }
            if faults.crashes { schedule(.crash, after: random.duration(20...120)) }
        case .partition:
            // holders are the ones it hurts
            let holders = alive.filter { id in (0..<slices).contains { replicas[id].holds($0, now) } }
            if faults.partitions, let id = random.pick(random.chance(0.7) ? holders : alive) {
                replicas[id].cutOffUntil = now + random.duration(20...70)
            }
            if faults.partitions { schedule(.partition, after: random.duration(5...60)) }
        case .graceful:
            guard let id = random.pick(alive) else { return }
            replicas[id].isStopping = true
            feed(id, .stop)
            start()
        }
    }

    private var alive: [Int] { replicas.filter { $0.isAlive && !$0.isStopping }.map(\.id) }

    private mutating func feed(_ id: Int, _ input: LeaseGroup.Input) {
        guard replicas[id].isAlive else { return }
        for action in replicas[id].step(input, now) {
            switch action {
            case .gained: takeovers += 1
            case .lost: break
            case .stopWork(let slice): schedule(.answer(id, .workStopped(slice: slice)), after: random.duration(0...3))
            case .read, .write, .sweep:
                guard !random.chance(faults.loss), !isCutOff(id) else { continue }
                schedule(.request(id, action), after: latency())
            }
        }
        let local = replicas[id].local(now)
        if replicas[id].group.isFinished(local) { replicas[id].isAlive = false }
        guard let deadline = replicas[id].group.nextDeadline(local) else { return }
        let delay = max(replicas[id].global(deadline) - now, .milliseconds(1))
        guard wakes[id] != now + delay else { return }
        wakes[id] = now + delay
        schedule(.wake(id), after: delay)
    }

    private func isCutOff(_ id: Int) -> Bool { now < replicas[id].cutOffUntil }

    private mutating func latency() -> Duration {
        random.chance(faults.slow) ? random.duration(1...8) : random.duration(0.001...0.05)
    }

    // MARK: The store

    private mutating func serve(_ id: Int, _ action: LeaseGroup.Action) {
        let (name, answer): (String, LeaseElection.Input)
        switch action {
        case .read(let lease, let request): (name, answer) = (lease, .read(store[lease], request: request))
        case .write(let lease, let request):
            name = lease.name
            guard (store[name]?.resourceVersion ?? "") == lease.resourceVersion else {
                return reply(id, name, .refused(request: request))
            }
            answer = .written(put(lease), request: request)
        case .sweep(let lease):
            guard store[lease.name]?.resourceVersion == lease.resourceVersion else { return }
            store[lease.name] = nil
            return tell(.gone(name: lease.name))
        default: return
        }
        reply(id, name, answer)
    }

    private mutating func put(_ lease: Lease) -> Lease {
        revision += 1
        var object = lease.object
        object[path: "metadata", "resourceVersion"] = .string("\(revision)")
        let stored = Lease(object: object)
        store[lease.name] = stored
        tell(.watched(stored))
        return stored
    }

    private mutating func reply(_ id: Int, _ name: String, _ answer: LeaseElection.Input) {
        guard !random.chance(faults.loss), !isCutOff(id) else { return }
        schedule(.answer(id, .answer(name: name, answer)), after: latency())
    }

    private mutating func tell(_ input: LeaseGroup.Input) {
        for replica in replicas where replica.isAlive {
            if isCutOff(replica.id) || random.chance(faults.blind) {
                replicas[replica.id].isWatching = false
                schedule(.answer(replica.id, .blind), after: random.duration(0...5))
                schedule(.relist(replica.id), after: random.duration(5...60))
            } else {
                schedule(.watch(replica.id, input), after: random.duration(0.001...0.5))
            }
        }
    }

    // MARK: What must hold

    private mutating func check() {
        for slice in 0..<slices {
            let holders = holders(of: slice)
            if holders.count > 1 { violations.append("\(now): slice \(slice) is held by \(holders)") }
        }
    }

    func holders(of slice: Int) -> [String] { replicas.filter { $0.holds(slice, now) }.map(\.identity) }

    /// How many slices each replica that is alive holds.
    var shares: [Int] {
        replicas.filter { $0.isAlive && !$0.isStopping }.map { replica in
            (0..<slices).filter { replica.holds($0, now) }.count
        }
    }
}
