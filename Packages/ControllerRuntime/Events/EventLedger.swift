/// Which events are written, as a value: the first of its kind at once; repetitions are counted and written as a series now and
/// then; and no object gets more than its share.
struct EventLedger: Sendable {
    enum Decision: Equatable {
        case create
        /// The event has been seen this many times.
        case series(count: Int)
        case nothing
        /// The object has had its share.
        case refused
    }

    private struct Known {
        var count: Int
        var writtenAt: Duration
        var seenAt: Duration
    }

    private struct Budget {
        var tokens: Double
        var at: Duration
    }

    /// A series is written again after this.
    static let seriesPeriod: Duration = .seconds(300)
    /// API servers keep an event for an hour since its last write.
    static let lifetime: Duration = .seconds(3300)
    /// Per object: this many at once, then one every half minute.
    static let burst = 25.0
    static let refill: Duration = .seconds(30)
    private static let capacity = 4096

    private var known: [EventEntry: Known] = [:]
    private var budgets: [EventRecorder.Subject: Budget] = [:]

    mutating func record(_ entry: EventEntry, now: Duration) -> Decision {
        if var seen = known[entry], now - seen.writtenAt < Self.lifetime {
            seen.count += 1
            seen.seenAt = now
            let isDue = now - seen.writtenAt >= Self.seriesPeriod
            if isDue { seen.writtenAt = now }
            known[entry] = seen
            return isDue ? .series(count: seen.count) : .nothing
        }
        guard spend(entry.subject, now) else { return .refused }
        makeRoom(now)
        known[entry] = Known(count: 1, writtenAt: now, seenAt: now)
        return .create
    }

    /// The event was not written: the next of its kind is the first again.
    mutating func forget(_ entry: EventEntry) { known[entry] = nil }

    private mutating func spend(_ subject: EventRecorder.Subject, _ now: Duration) -> Bool {
        var budget = budgets[subject] ?? Budget(tokens: Self.burst, at: now)
        budget.tokens = min(Self.burst, budget.tokens + (now - budget.at) / Self.refill)
        budget.at = now
        defer { budgets[subject] = budget }
        guard budget.tokens >= 1 else { return false }
        budget.tokens -= 1
        return true
    }

    private mutating func makeRoom(_ now: Duration) {
        if known.count >= Self.capacity {
            known = known.filter { now - $0.value.seenAt < Self.lifetime }
            // still full: the half that was seen longest ago goes
            if known.count >= Self.capacity {
                let middle = known.values.map(\.seenAt).sorted()[known.count / 2]
                known = known.filter { $0.value.seenAt > middle }
            }
        }
        if budgets.count >= Self.capacity {
            budgets = budgets.filter { $0.value.tokens + (now - $0.value.at) / Self.refill < Self.burst }
        }
    }
}
