import Testing

@testable import ControllerRuntime

/// Random histories of a queue, checked step by step against what a queue must never do.
@Suite struct WorkQueueModelTests {
    @Test(arguments: 0..<200 as Range<UInt64>) func keepsItsPromises(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var queue = WorkQueueState<Int>()
        var now: Duration = .zero
        var running: Set<Int> = []
        /// Keys that must come up yet, and since when.
        var owed: [Int: Duration] = [:]

        func run(_ queue: inout WorkQueueState<Int>) {
            guard let (key, _) = queue.next(now: now) else {
                #expect(owed.filter { $0.value <= now && !running.contains($0.key) }.isEmpty, "a key was forgotten")
                return
            }
            #expect(running.insert(key).inserted, "a key is worked on twice at a time")
            #expect(owed[key].map { $0 <= now } ?? false, "a key came up that nobody asked for, or too early")
            owed[key] = nil
        }

        for _ in 0..<400 {
            let key = Int(random.next() % 6)
            switch random.next() % 8 {
            case 0, 1:
                queue.add(key, now: now, isBulk: random.chance(0.5))
                owed[key] = min(now, owed[key] ?? now)
            case 2:
                let deadline = now + random.duration(0...5)
                queue.add(key, at: deadline)
                owed[key] = min(deadline, owed[key] ?? deadline)
            case 3 where running.contains(key):
                running.remove(key)
                queue.done(key, now: now)
            case 4: now += random.duration(0...3)
            default: run(&queue)
            }
        }
        now += .seconds(10)
        for key in running { queue.done(key, now: now) }
        running = []
        while queue.depth > 0 || queue.nextDeadline.map({ $0 <= now }) ?? false {
            run(&queue)
            for key in running { queue.done(key, now: now) }
            running = []
        }
        #expect(owed.isEmpty)
        #expect(queue.isIdle)
    }
}
