import KubernetesModel

/// One replica's part in the election for one Lease, as a value: what happened goes in, what to do comes out.
///
/// Time is the local monotonic clock alone: the holder's wall clock is written for people and never believed. A holder counts
/// its deadline from when it *sent* a renewal, the others count the lease's duration from when they *saw* it, and they take it
/// over on the condition that nothing was written since. So the holder has always stopped first, while clocks run equally fast
/// within some per cent.
struct LeaseElection: Sendable {
    enum Input: Sendable {
        case tick
        /// A watch saw the Lease; nil once it is deleted.
        case watched(Lease?)
        /// The answer to a request; nil when there is no such Lease.
        case read(Lease?, request: Int)
        case written(Lease, request: Int)
        /// Another writer was faster.
        case refused(request: Int)
        /// No answer, or none that says what became of the request.
        case failed(request: Int)
        /// Read the Lease: the watch is blind.
        case refresh
    }

    enum Action: Sendable {
        case read(request: Int)
        /// Create (without a resource version) or replace on the condition of the resource version.
        case write(Lease, request: Int)
        case acquired
        case lost
    }

    private enum Purpose { case read, hold, release }
    private struct Request {
        var id: Int
        var sent: Duration
        var purpose: Purpose
    }

    let name: String
    private let blank: Lease
    private let identity: String
    private let timing: LeaseTiming
    private var random: SplitMix64

    /// Until when work is allowed; nil while not the holder.
    private(set) var heldUntil: Duration?
    private(set) var isCampaigning = false
    private var isReleasing = false
    private var observed: Lease?
    private var observedAt: Duration = .zero
    /// Whether `observed` may be built upon; if not it is read first.
    private var isKnown = false
    private var mustRead = false
    private var request: Request?
    private var requests = 0
    private var nextAttempt: Duration = .zero
    /// The acquire times that this process wrote: another process under the same identity has others.
    private var terms: [Timestamp] = []

    init(blank: Lease, identity: String, timing: LeaseTiming, seed: UInt64) {
        self.blank = blank
        self.identity = identity
        self.timing = timing
        name = blank.name
        random = SplitMix64(seed: seed)
    }

    /// Whether the API is being asked or still has to be.
    var isBusy: Bool { request != nil || isReleasing }

    /// Whether it could be taken now.
    func isFree(_ now: Duration) -> Bool {
        guard let observed else { return isKnown }
        return observed.holder.isEmpty || mayBeOurs(observed) || now >= observedAt + observed.duration
    }

    // MARK: Transitions

    mutating func campaign(now: Duration, wall: Timestamp) -> [Action] {
        guard !isCampaigning else { return [] }
        isCampaigning = true
        nextAttempt = now
        return step(.tick, now: now, wall: wall)
    }

    /// Gives up the Lease, or the hope for it. Work must have stopped.
    mutating func withdraw(now: Duration, wall: Timestamp) -> [Action] {
        isCampaigning = false
        isReleasing = observed.map(isOurs) ?? false || request?.purpose == .hold
        nextAttempt = now
        return lapse() + step(.tick, now: now, wall: wall)
    }

    mutating func step(_ input: Input, now: Duration, wall: Timestamp) -> [Action] {
        var actions = expire(now) + handle(input, now)
        if let next = nextRequest(now, wall.wholeMicroseconds) { actions.append(next) }
        return actions
    }

    /// When to step again at the latest.
    func nextDeadline(_ now: Duration) -> Duration? {
        var deadlines = [heldUntil].compactMap { $0 }
        if let request {
            deadlines.append(request.sent + timing.attempt)
        } else if isReleasing || mustRead {
            deadlines.append(nextAttempt)
        } else if isCampaigning {
            let freeAt = heldUntil == nil && isKnown && !isFree(now) ? observed.map { observedAt + $0.duration } : nil
            deadlines.append(max(nextAttempt, freeAt ?? nextAttempt))
        } else if isKnown, !isFree(now), let observed {
            deadlines.append(observedAt + observed.duration)
        }
        return deadlines.min()
    }

    private mutating func lapse() -> [Action] {
        defer { heldUntil = nil }
        return heldUntil == nil ? [] : [.lost]
    }

    private mutating func expire(_ now: Duration) -> [Action] {
        if let open = request, now >= open.sent + timing.attempt { fail(now) }
        if let until = heldUntil, now >= until { return lapse() }
        return []
    }

    private mutating func handle(_ input: Input, _ now: Duration) -> [Action] {
        switch input {
        case .tick: return []
        case .refresh:
            mustRead = true
            return []
        case .watched(let lease): return observe(lease, now)
        case .read(let lease, let id):
            guard finish(id) != nil else { return [] }
            isKnown = true
            mustRead = false
            return observe(lease, now)
        case .written(let lease, let id):
            guard let answered = finish(id) else { return [] }
            return observe(lease, now) + written(answered, now)
        case .refused(let id):
            guard finish(id) != nil else { return [] }
            isKnown = false
            nextAttempt = now
            return []
        case .failed(let id):
            if request?.id == id { fail(now) }
            return []
        }
    }

    private mutating func written(_ answered: Request, _ now: Duration) -> [Action] {
        guard answered.purpose == .hold else {
            isReleasing = false
            return []
        }
        nextAttempt = isReleasing ? now : answered.sent + jittered(timing.retry)
        let deadline = answered.sent + timing.renewDeadline
        guard isCampaigning, now < deadline else { return [] }
        defer { heldUntil = deadline }
        return heldUntil == nil ? [.acquired] : []
    }

    private mutating func observe(_ lease: Lease?, _ now: Duration) -> [Action] {
        if let lease, let observed {
            if lease.resourceVersion == observed.resourceVersion { return [] }
            // a watch may lag behind our own writes
            if ResourceVersion.isOlder(lease.resourceVersion, than: observed.resourceVersion) { return [] }
        }
        observed = lease
        observedAt = now
        isKnown = true
        guard !(lease.map(isOurs) ?? false) else { return [] }
        return lapse()
    }

    private mutating func finish(_ id: Int) -> Request? {
        guard let open = request, open.id == id else { return nil }
        request = nil
        return open
    }

    private mutating func fail(_ now: Duration) {
        request = nil
        // while it is held, sooner: the deadline is near
        nextAttempt = now + jittered(heldUntil == nil ? timing.retry : timing.retry / 4)
    }

    // MARK: Requests

    private mutating func nextRequest(_ now: Duration, _ wall: Timestamp) -> Action? {
        guard request == nil, isCampaigning || isReleasing || mustRead, now >= nextAttempt else { return nil }
        guard isKnown, !mustRead else { return .read(request: open(.read, now)) }
        let current = observed ?? blank
        if isReleasing {
            isReleasing = isOurs(current)
            return isReleasing ? .write(current.released(wall: wall), request: open(.release, now)) : nil
        }
        if heldUntil != nil {
            return .write(current.renewed(duration: timing.lease, wall: wall), request: open(.hold, now))
        }
        guard isFree(now) else { return nil }
        terms = terms.suffix(7) + [wall]
        return .write(current.acquired(by: identity, duration: timing.lease, wall: wall), request: open(.hold, now))
    }

    private mutating func open(_ purpose: Purpose, _ now: Duration) -> Int {
        requests += 1
        request = Request(id: requests, sent: now, purpose: purpose)
        return requests
    }

    /// Written by this process.
    private func isOurs(_ lease: Lease) -> Bool {
        lease.holder == identity && lease.acquireTime.map(terms.contains) ?? false
    }

    /// Or by the process before it in the same container, which is dead.
    private func mayBeOurs(_ lease: Lease) -> Bool { lease.holder == identity && (terms.isEmpty || isOurs(lease)) }

    private mutating func jittered(_ duration: Duration) -> Duration { duration * (0.9 + random.unit() / 5) }
}

extension Timestamp {
    /// What a MicroTime keeps.
    var wholeMicroseconds: Timestamp { Timestamp(unixSeconds: unixSeconds, nanoseconds: nanoseconds / 1000 * 1000) }
}
