/// A queue of keys as a value: each waits at most once, none is worked on twice at a time, delays and retries included.
/// Time is passed in, so that it is tested without waiting.
package struct WorkQueueState<Key: Hashable & Sendable> {
    private struct Waiting {
        var since: Duration
        var ticket: Int
        var isBulk: Bool
    }

    /// Fresh events come before the keys of an initial list. A key that has moved from one to the other leaves its old ticket
    /// behind, which counts for nothing.
    private var fresh = TicketLine<Key>()
    private var bulk = TicketLine<Key>()
    private var tickets = 0
    private var waiting: [Key: Waiting] = [:]
    private var processing: [Key: Duration] = [:]
    /// Added again while being worked on.
    private var dirty: Set<Key> = []
    private var delayed = DelayedKeys<Key>()
    private var failures: [Key: Int] = [:]

    package init() {}

    package var depth: Int { waiting.count }
    package var isIdle: Bool { waiting.isEmpty && processing.isEmpty }

    package mutating func add(_ key: Key, now: Duration, isBulk: Bool = false) {
        if processing[key] != nil {
            dirty.insert(key)
        } else if let known = waiting[key] {
            if known.isBulk, !isBulk { enqueue(key, since: known.since, isBulk: false) }
        } else {
            enqueue(key, since: now, isBulk: isBulk)
        }
    }

    /// Of several delays of a key the earliest counts.
    package mutating func add(_ key: Key, at deadline: Duration) {
        delayed.add(key, at: deadline)
    }

    /// Doubles from 5 ms to 5 min with every failure in a row.
    /// - Parameter random: in 0..<1; spreads retries by up to a tenth.
    package mutating func retry(_ key: Key, now: Duration, random: Double) {
        let count = failures[key, default: 0]
        failures[key] = count + 1
        let delay = min(Duration.milliseconds(5) * (1 << min(count, 20)), .seconds(300))
        add(key, at: now + delay * (1 - random / 10))
    }

    /// The key succeeded: its next failure begins anew.
    package mutating func forget(_ key: Key) { failures[key] = nil }

    /// The next key and how long it waited; it must be given back with `done`.
    package mutating func next(now: Duration) -> (key: Key, waited: Duration)? {
        release(now)
        guard let key = Self.pop(&fresh, waiting) ?? Self.pop(&bulk, waiting), let known = waiting.removeValue(forKey: key) else {
            return nil
        }
        processing[key] = now
        // whoever works on it now decides anew when to look again
        delayed.remove(key)
        return (key, now - known.since)
    }

    /// - Returns: how long it was worked on.
    @discardableResult
    package mutating func done(_ key: Key, now: Duration) -> Duration {
        let since = processing.removeValue(forKey: key) ?? now
        if dirty.remove(key) != nil { add(key, now: now) }
        return now - since
    }

    /// When the next delayed key is due.
    package var nextDeadline: Duration? { delayed.nextDeadline }

    /// Moves the delayed keys that are due into the queue.
    package mutating func release(_ now: Duration) {
        while let key = delayed.popDue(now) { add(key, now: now) }
    }

    private mutating func enqueue(_ key: Key, since: Duration, isBulk: Bool) {
        tickets += 1
        waiting[key] = Waiting(since: since, ticket: tickets, isBulk: isBulk)
        if isBulk { bulk.append(key, tickets) } else { fresh.append(key, tickets) }
    }

    private static func pop(_ line: inout TicketLine<Key>, _ waiting: [Key: Waiting]) -> Key? {
        while let (key, ticket) = line.popFirst() {
            if waiting[key]?.ticket == ticket { return key }
        }
        return nil
    }
}

/// First in, first out: an array with a moving head, so that popping is O(1).
private struct TicketLine<Key> {
    private var entries: [(key: Key, ticket: Int)] = []
    private var head = 0

    mutating func append(_ key: Key, _ ticket: Int) { entries.append((key, ticket)) }

    mutating func popFirst() -> (key: Key, ticket: Int)? {
        guard head < entries.count else { return nil }
        defer {
            head += 1
            if head > 64, head * 2 > entries.count {
                entries.removeFirst(head)
                head = 0
            }
        }
        return entries[head]
    }
}
