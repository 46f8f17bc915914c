import Testing

@testable import ControllerRuntime

@Suite struct WorkQueueOrderTests {
    private func drain(_ queue: inout WorkQueueState<String>, at now: Duration = .zero) -> [String] {
        var keys: [String] = []
        while let (key, _) = queue.next(now: now) {
            keys.append(key)
            queue.done(key, now: now)
        }
        return keys
    }

    /// First come, first served; a key that waits is not queued again.
    @Test func isFirstInFirstOut() {
        var queue = WorkQueueState<String>()
        for key in ["a", "b", "a", "c", "b"] { queue.add(key, now: .zero) }
        #expect(queue.depth == 3)
        #expect(drain(&queue) == ["a", "b", "c"])
    }

    /// What just happened comes before the keys of an initial list, and takes its key out of the list.
    @Test func freshComesBeforeBulk() {
        var queue = WorkQueueState<String>()
        for key in ["a", "b", "c"] { queue.add(key, now: .zero, isBulk: true) }
        queue.add("z", now: .zero)
        queue.add("c", now: .zero)
        #expect(drain(&queue) == ["z", "c", "a", "b"])
        #expect(queue.isIdle)
    }

    /// A key added while it is worked on comes up once more, after it is given back.
    @Test func addedMeanwhileComesAgain() {
        var queue = WorkQueueState<String>()
        queue.add("a", now: .zero)
        let first = queue.next(now: .zero)
        #expect(first?.key == "a")
        queue.add("a", now: .zero)
        queue.add("a", now: .zero)
        let second = queue.next(now: .zero)
        #expect(second == nil)
        queue.done("a", now: .zero)
        #expect(drain(&queue) == ["a"])
    }

    /// Delayed keys come up when they are due, the earliest first, and of several delays the earliest counts.
    @Test func delaysAreKept() {
        var queue = WorkQueueState<String>()
        queue.add("late", at: .seconds(9))
        queue.add("soon", at: .seconds(2))
        queue.add("moved", at: .seconds(8))
        queue.add("moved", at: .seconds(1))
        queue.add("moved", at: .seconds(7))
        #expect(queue.nextDeadline == .seconds(1))
        #expect(drain(&queue, at: .milliseconds(999)).isEmpty)
        #expect(drain(&queue, at: .seconds(2)) == ["moved", "soon"])
        #expect(drain(&queue, at: .seconds(20)) == ["late"])
        #expect(queue.nextDeadline == nil)
    }

    /// Working on a key settles its delays: the work says itself when to look again.
    @Test func workSettlesDelays() {
        var queue = WorkQueueState<String>()
        queue.add("a", at: .seconds(5))
        queue.add("a", now: .zero)
        #expect(drain(&queue) == ["a"])
        #expect(drain(&queue, at: .seconds(60)).isEmpty)
    }

    /// Retries wait from 5 ms to 5 min, doubling; a success begins anew. Jitter makes them shorter, never longer.
    @Test func retriesBackOff() throws {
        var queue = WorkQueueState<String>()
        var (now, delays): (Duration, [Duration]) = (.zero, [])
        for _ in 0..<20 {
            queue.retry("a", now: now, random: 0)
            let due = try #require(queue.nextDeadline)
            delays.append(due - now)
            now = due
            #expect(drain(&queue, at: now) == ["a"])
        }
        #expect(delays.prefix(4) == [.milliseconds(5), .milliseconds(10), .milliseconds(20), .milliseconds(40)])
        #expect(delays.last == .seconds(300))
        queue.forget("a")
        queue.retry("a", now: now, random: 0.99)
        let due = try #require(queue.nextDeadline)
        #expect((.milliseconds(4)..<(.milliseconds(5))).contains(due - now))
    }

    /// A hundred thousand delayed keys come out in the order of their deadlines.
    @Test func manyDelays() {
        var random = SplitMix64(seed: 4)
        var delayed = DelayedKeys<Int>()
        for key in 0..<100_000 { delayed.add(key, at: random.duration(0...1000)) }
        for key in 0..<50_000 { delayed.remove(key) }
        var last = 0
        for second in 0...1000 {
            while let key = delayed.popDue(.seconds(second)) {
                #expect(key >= 50_000)
                last += 1
            }
        }
        #expect(last == 50_000)
        #expect(delayed.nextDeadline == nil)
    }
}
