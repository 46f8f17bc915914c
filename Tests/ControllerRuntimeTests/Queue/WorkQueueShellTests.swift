import Testing

@testable import ControllerRuntime

@Suite struct WorkQueueShellTests {
    /// Delayed keys reach a waiting worker when their time comes; an earlier delay than the one slept for counts.
    @Test func delaysWakeWorkers() async {
        let time = ManualTime()
        let queue = WorkQueue<String>(name: "test", time: time.source)
        let taken = Recorded<String>()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await queue.runTimer() }
            group.addTask {
                while let key = await queue.next() {
                    taken.append(key)
                    queue.done(key)
                }
            }
            queue.add("late", after: .seconds(100))
            await eventually { time.deadlines == [time.now + .seconds(100)] }
            queue.add("early", after: .seconds(5))
            await eventually { time.deadlines == [time.now + .seconds(5)] }
            time.advance(by: .seconds(5))
            await eventually { taken.all == ["early"] }
            await eventually { time.deadlines == [time.now + .seconds(95)] }
            time.advance(by: .seconds(95))
            await eventually { taken.all == ["early", "late"] }
            queue.shutDown()
        }
    }

    /// After a shutdown workers get nothing more, whatever is queued, and the timer ends.
    @Test func shutDownEndsAll() async {
        let queue = WorkQueue<Int>(name: "test", time: ManualTime().source)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await queue.runTimer() }
            for _ in 0..<4 { group.addTask { while let key = await queue.next() { queue.done(key) } } }
            queue.add(1, after: .seconds(10))
            queue.shutDown()
            queue.add(2)
        }
        #expect(await queue.next() == nil)
    }

    /// Many workers and many producers: every key is worked on after it was last added, and never by two at once.
    @Test func manyWorkers() async {
        let queue = WorkQueue<Int>(name: "test")
        let running = Shared<Set<Int>>([])
        let done = Shared<[Int: Int]>([:])
        let asked = Shared<[Int: Int]>([:])
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await queue.runTimer() }
            for _ in 0..<8 {
                group.addTask {
                    while let key = await queue.next() {
                        let alone = running.change { $0.insert(key).inserted }
                        #expect(alone)
                        let version = asked.change { $0[key] ?? 0 }
                        await Task.yield()
                        done.change { $0[key] = version }
                        _ = running.change { $0.remove(key) }
                        queue.done(key)
                    }
                }
            }
            await withTaskGroup(of: Void.self) { producers in
                for producer in 0..<4 {
                    producers.addTask {
                        for round in 0..<200 {
                            let key = (producer + round) % 10
                            asked.change { $0[key, default: 0] += 1 }
                            queue.add(key)
                            if round % 7 == 0 { await Task.yield() }
                        }
                    }
                }
            }
            await eventually { done.value == asked.value }
            queue.shutDown()
        }
    }
}
