import Testing

@testable import ControllerRuntime

/// Parts run side by side and stop one after the other.
@Suite struct PhasesTests {
    @Test func stopInOrder() async {
        let told = Recorded<String>()
        let (first, second) = (Gate(), Gate())
        let running = Task {
            await Phases.run([
                {
                    told.append("first begins")
                    await untilCancelled()
                    await first.wait()
                    told.append("first ends")
                },
                {
                    told.append("second begins")
                    await untilCancelled()
                    told.append("second is asked to stop")
                    await second.wait()
                },
            ])
        }
        await eventually { told.all.count == 2 }
        running.cancel()
        for _ in 0..<100 { await Task.yield() }
        #expect(Set(told.all) == ["first begins", "second begins"], "the second goes on while the first has not ended")
        first.open()
        await eventually { told.all.count == 4 }
        #expect(told.all.suffix(2) == ["first ends", "second is asked to stop"])
        second.open()
        await running.value
    }
}

/// Returns once the task is cancelled.
private func untilCancelled() async {
    let gate = Gate()
    await withTaskCancellationHandler {
        await gate.wait()
    } onCancel: {
        gate.open()
    }
}
