import KubernetesModel

/// One replica's part in sharing the Leases of all slices, as a value: an election for each, and which of them to run for.
///
/// With several slices every replica also holds a Lease of its own, by which all know who is alive. What a replica believes of
/// the others decides who works on what, never whether two may: that is each slice's own election.
struct LeaseGroup: Sendable {
    enum Input: Sendable {
        case tick
        case watched(Lease)
        case gone(name: String)
        /// A whole list has been told by `watched`; `names` are all there are.
        case listed(names: Set<String>)
        /// The watch is broken.
        case blind
        case answer(name: String, LeaseElection.Input)
        /// The slice's work has stopped, as asked for by `stopWork`.
        case workStopped(slice: Int)
        case stop
    }

    enum Action: Sendable {
        case read(name: String, request: Int)
        case write(Lease, request: Int)
        case gained(slice: Int)
        /// Stop at once: somebody else may work on it soon.
        case lost(slice: Int)
        /// Stop, and tell when it is done: the slice is given away then.
        case stopWork(slice: Int)
        /// The Lease of a replica that is long gone.
        case sweep(Lease)
    }

    private struct Member {
        var lease: Lease
        var seenAt: Duration
        func isAlive(_ now: Duration) -> Bool { !lease.holder.isEmpty && now < seenAt + lease.duration }
    }

    /// Leases of replicas dead for this long are deleted.
    private static let sweepAfter: Duration = .seconds(600)

    private let identity: String
    private let memberPrefix: String
    private let timing: LeaseTiming
    private let slices: Range<Int>
    /// Of the slices; after them the one for the Lease that says this replica is alive, when there are others to tell.
    private var elections: [LeaseElection]
    private var members: [String: Member] = [:]
    private var leaving: Set<Int> = []
    private var hasListed = false
    private var isBlind = false
    private var nextPoll: Duration = .zero
    private var stopBy: Duration?

    init(namespace: String, name: String, slices: Int, identity: String, timing: LeaseTiming, seed: UInt64) {
        self.identity = identity
        self.timing = timing
        self.slices = 0..<slices
        memberPrefix = LeaseNames.memberPrefix(name)
        var names = (0..<slices).map { LeaseNames.slice($0, of: name) }
        if slices > 1 { names.append(memberPrefix + LeaseNames.nameable(identity)) }
        elections = names.enumerated().map { number, leaseName in
            LeaseElection(
                blank: Lease(namespace: namespace, name: leaseName, labels: LeaseNames.labels(name)), identity: identity,
                timing: timing, seed: seed &+ UInt64(number))
        }
    }

    /// Until when the slice may be worked on; nil when it may not.
    func heldUntil(_ slice: Int) -> Duration? { leaving.contains(slice) ? nil : elections[slice].heldUntil }

    /// Everything is given up, or there was no time for it.
    func isFinished(_ now: Duration) -> Bool {
        guard let stopBy else { return false }
        return now >= stopBy || elections.allSatisfy { $0.heldUntil == nil && !$0.isBusy }
    }

    /// When to step again at the latest.
    func nextDeadline(_ now: Duration) -> Duration? {
        var deadlines = elections.compactMap { $0.nextDeadline(now) }
        deadlines += members.values.filter { $0.isAlive(now) }.map { $0.seenAt + $0.lease.duration }
        if isBlind, stopBy == nil { deadlines.append(nextPoll) }
        if let stopBy { deadlines.append(stopBy) }
        return deadlines.min()
    }

    // MARK: Transitions

    mutating func step(_ input: Input, now: Duration, wall: Timestamp) -> [Action] {
        var actions = handle(input, now, wall)
        actions += poll(now, wall)
        for index in elections.indices { actions += advance(index) { $0.step(.tick, now: now, wall: wall) } }
        if stopBy == nil { actions += balance(now, wall) + sweep(now) }
        return actions
    }

    private mutating func handle(_ input: Input, _ now: Duration, _ wall: Timestamp) -> [Action] {
        switch input {
        case .tick: return []
        case .blind:
            isBlind = true
            return []
        case .watched(let lease): return observe(lease.name, lease, now, wall)
        case .gone(let name): return observe(name, nil, now, wall)
        case .listed(let names):
            isBlind = false
            hasListed = true
            members = members.filter { names.contains($0.key) }
            return elections.indices.filter { !names.contains(elections[$0].name) }.flatMap { index in
                // a list may be older than a Lease just won: its holder asks before giving it up
                advance(index) { $0.step($0.heldUntil == nil ? .watched(nil) : .refresh, now: now, wall: wall) }
            }
        case .answer(let name, let answer):
            guard let index = elections.firstIndex(where: { $0.name == name }) else { return [] }
            return advance(index) { $0.step(answer, now: now, wall: wall) }
        case .workStopped(let slice):
            guard slices.contains(slice) else { return [] }
            defer { leaving.remove(slice) }
            return advance(slice) { $0.withdraw(now: now, wall: wall) }
        case .stop: return stop(now, wall)
        }
    }

    private mutating func observe(_ name: String, _ lease: Lease?, _ now: Duration, _ wall: Timestamp) -> [Action] {
        isBlind = false
        if let index = elections.firstIndex(where: { $0.name == name }) {
            return advance(index) { $0.step(.watched(lease), now: now, wall: wall) }
        }
        if name.hasPrefix(memberPrefix), members[name]?.lease.resourceVersion != lease?.resourceVersion {
            members[name] = lease.map { Member(lease: $0, seenAt: now) }
        }
        return []
    }

    private mutating func stop(_ now: Duration, _ wall: Timestamp) -> [Action] {
        guard stopBy == nil else { return [] }
        stopBy = now + timing.attempt * 2
        var actions: [Action] = []
        for index in elections.indices where !leaving.contains(index) {
            if slices.contains(index), elections[index].heldUntil != nil {
                leaving.insert(index)
                actions.append(.stopWork(slice: index))
            } else {
                actions += advance(index) { $0.withdraw(now: now, wall: wall) }
            }
        }
        return actions
    }

    /// While the watch is broken, what others hold is read.
    private mutating func poll(_ now: Duration, _ wall: Timestamp) -> [Action] {
        guard isBlind, stopBy == nil, now >= nextPoll else { return [] }
        nextPoll = now + timing.poll
        return slices.filter { elections[$0].heldUntil == nil }
            .flatMap { index in advance(index) { $0.step(.refresh, now: now, wall: wall) } }
    }

    /// Runs for as many slices as are this replica's share, and gives up what is more.
    private mutating func balance(_ now: Duration, _ wall: Timestamp) -> [Action] {
        guard slices.count > 1 else { return advance(0) { $0.campaign(now: now, wall: wall) } }
        var actions = advance(slices.upperBound) { $0.campaign(now: now, wall: wall) }
        // not before it is known who else is there
        guard hasListed || isBlind else { return actions }
        let alive = Set(members.values.filter { $0.isAlive(now) }.map(\.lease.holder))
        let share = SliceShare.of(identity, members: alive, slices: slices.count)
        let held = slices.filter { elections[$0].heldUntil != nil && !leaving.contains($0) }
        for slice in held.dropFirst(share) {
            leaving.insert(slice)
            actions.append(.stopWork(slice: slice))
        }
        var wanted = share - held.count
        for slice in slices where elections[slice].heldUntil == nil && !leaving.contains(slice) {
            let mayRun = wanted > 0 && elections[slice].isFree(now)
            if mayRun { wanted -= 1 }
            guard mayRun != elections[slice].isCampaigning else { continue }
            actions += advance(slice) { mayRun ? $0.campaign(now: now, wall: wall) : $0.withdraw(now: now, wall: wall) }
        }
        return actions
    }

    private mutating func sweep(_ now: Duration) -> [Action] {
        guard elections.count > slices.count, elections[0].heldUntil != nil else { return [] }
        let dead = members.filter { now > $0.value.seenAt + $0.value.lease.duration + Self.sweepAfter }
        for name in dead.keys { members[name] = nil }
        return dead.values.map { .sweep($0.lease) }
    }

    private mutating func advance(_ index: Int, _ body: (inout LeaseElection) -> [LeaseElection.Action]) -> [Action] {
        let name = elections[index].name
        // work on a slice that is being given up has been told to stop, and must not begin again
        let isSilent = !slices.contains(index) || leaving.contains(index)
        return body(&elections[index]).compactMap { action in
            switch action {
            case .read(let request): .read(name: name, request: request)
            case .write(let lease, let request): .write(lease, request: request)
            case .acquired: isSilent ? nil : .gained(slice: index)
            case .lost: isSilent ? nil : .lost(slice: index)
            }
        }
    }
}
