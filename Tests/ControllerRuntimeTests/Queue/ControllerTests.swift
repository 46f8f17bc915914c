import KubernetesClient
import KubernetesModel
import Logging
import Synchronization
import Testing

@testable import ControllerRuntime

@Suite struct ControllerTests {
    private let key = ObjectKey(namespace: "default", name: "taxi")
    private let time = ManualTime()

    private func controller(_ ownership: SliceOwnership? = nil) -> Controller {
        Controller(
            name: "test", concurrency: 2, ownership: ownership ?? SliceOwnership(slices: 1, holdsAll: true, time: time.source),
            logger: .silent, time: time.source)
    }

    /// What a reconcile throws decides when it runs again: soon, after a time, or only when something changes.
    @Test func errorsDecideWhenToRetry() async {
        let controller = controller()
        let outcomes = Shared<[Result<Duration?, ReconcileError>]>([
            .failure(.transient(Problem())), .failure(.transient(Problem())), .failure(.waiting(.seconds(60), reason: "Later")),
            .success(.seconds(30)), .failure(.stalled(reason: "Broken", message: "ask somebody")),
        ])
        let runs = Recorded<Duration>()
        let work = Task {
            await controller.run { _ in
                runs.append(time.now)
                return try outcomes.change { $0.isEmpty ? .success(nil) : $0.removeFirst() }.get()
            }
        }
        controller.queue.add(key)
        await eventually { runs.all.count == 1 }
        for (index, delay) in [Duration.milliseconds(5), .milliseconds(10), .seconds(60), .seconds(30)].enumerated() {
            await eventually { time.deadlines.contains { $0 > time.now && $0 <= time.now + delay } }
            time.advance(by: delay)
            await eventually { runs.all.count == index + 2 }
        }
        await eventually { time.deadlines == [time.now + .seconds(3600)] }
        work.cancel()
        await work.value
    }

    private struct Problem: Error {}

    /// A stop waits for what is under way and begins nothing new.
    @Test func stopFinishesWhatRuns() async {
        let controller = controller()
        let (began, finished) = (Recorded<ObjectKey>(), Recorded<ObjectKey>())
        let gate = Gate()
        let work = Task {
            await controller.run { key in
                began.append(key)
                await gate.wait()
                finished.append(key)
                return nil
            }
        }
        controller.queue.add(key)
        await eventually { began.all == [key] }
        controller.queue.add(key)
        work.cancel()
        controller.queue.add(ObjectKey(name: "other"))
        #expect(finished.all.isEmpty)
        gate.open()
        await work.value
        #expect(finished.all == [key])
        #expect(began.all == [key])
    }

    /// A reconcile that does not end is cut off after a while, so that the process can.
    @Test func stopIsBounded() async {
        let controller = controller()
        let began = Recorded<ObjectKey>()
        let work = Task {
            await controller.run { key in
                began.append(key)
                try await time.source.sleep(.seconds(1_000_000))
                return nil
            }
        }
        controller.queue.add(key)
        await eventually { began.all == [key] }
        work.cancel()
        await eventually { time.deadlines.contains(time.now + .seconds(10)) }
        time.advance(by: .seconds(10))
        await work.value
    }

    /// Keys of a slice that another replica holds are left alone; what is under way when a slice is lost ends at once.
    @Test func worksOnItsSlicesOnly() async {
        let ownership = SliceOwnership(slices: 1, time: time.source)
        let controller = controller(ownership)
        let (began, cut) = (Recorded<ObjectKey>(), Recorded<ObjectKey>())
        let work = Task {
            await controller.run { key in
                began.append(key)
                do {
                    try await time.source.sleep(.seconds(1000))
                } catch {
                    cut.append(key)
                    throw error
                }
                return nil
            }
        }
        controller.queue.add(ObjectKey(name: "not-ours"))
        await eventually { controller.queue.isIdle }
        #expect(began.all.isEmpty)

        ownership.set(0, heldUntil: time.now + .seconds(30))
        controller.queue.add(key)
        await eventually { began.all == [key] }
        ownership.set(0, heldUntil: nil)
        await controller.abandonLost()
        #expect(cut.all == [key])
        await eventually { controller.queue.isIdle }
        #expect(began.all == [key], "it is not tried again here")
        work.cancel()
        await work.value
    }
}

/// Holds tasks up until it is opened.
final class Gate: Sendable {
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]?>([])

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = waiting.withLock { waiting in
                waiting?.append(continuation)
                return waiting == nil
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let held = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? []
        }
        for continuation in held { continuation.resume() }
    }
}
