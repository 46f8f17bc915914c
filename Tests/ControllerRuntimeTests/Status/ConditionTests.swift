import KubernetesModel
import Testing

@testable import ControllerRuntime

/// The time of a condition's transition moves with its status and with nothing else.
@Suite struct ConditionTests {
    private let start = Timestamp(unixSeconds: 1_800_000_000, nanoseconds: 5)

    private func ready(
        _ status: Condition.Status, _ message: String, generation: Int64 = 1, after previous: [Condition]?, at seconds: Int
    ) -> Condition {
        Condition(
            "Ready", status, reason: "Because", message: message, observedGeneration: generation, after: previous,
            now: start + .seconds(seconds))
    }

    @Test func transitionTimesMoveWithTheStatus() {
        let first = ready(.false, "starting", after: nil, at: 0)
        #expect(first.lastTransitionTime == start.wholeSeconds)
        let same = ready(.false, "starting", after: [first], at: 10)
        #expect(same == first)
        let other = ready(.false, "still starting", generation: 2, after: [first], at: 20)
        #expect(other.lastTransitionTime == first.lastTransitionTime)
        #expect(other.message == "still starting" && other.observedGeneration == 2)
        let turned = ready(.true, "up", generation: 2, after: [other], at: 30)
        #expect(turned.lastTransitionTime == (start + .seconds(30)).wholeSeconds)
    }

    @Test func otherTypesDoNotCount() {
        let paused = Condition(
            "Paused", .true, reason: "Because", message: "", observedGeneration: 1, after: nil, now: start)
        let first = ready(.true, "up", after: [paused], at: 60)
        #expect(first.lastTransitionTime == (start + .seconds(60)).wholeSeconds)
    }
}
