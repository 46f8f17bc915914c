import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A status whose meaning changed is written at once; counts, words and times wait, so that a rollout costs few writes.
@Suite struct StatusUrgencyTests {
    static let current: SpicepodSetStatus = {
        var status = Sample.status([("Ready", .false, .progressing), ("Paused", .false, .running)])
        status.observedGeneration = 1
        status.replicas = "1/3"
        status.readyReplicas = 1
        status.updatedReplicas = 1
        status.totalReplicas = 3
        status.activeVersion = "a"
        status.lastUpdated = Sample.now
        return status
    }()

    private static func delay(after elapsed: Duration = .seconds(4), _ change: (inout SpicepodSetStatus) -> Void) -> Duration? {
        var next = current
        change(&next)
        return StatusUrgency.delay(from: current, to: next, now: Sample.now + elapsed)
    }

    @Test func nothingWhereEqual() {
        #expect(Self.delay { _ in } == nil)
    }

    @Test func firstStatusAtOnce() {
        #expect(StatusUrgency.delay(from: nil, to: Self.current, now: Sample.now) == .zero)
    }

    @Test func countsAndWordsAreHeldBack() {
        let six = Duration.seconds(6)
        #expect(Self.delay { $0.readyReplicas = 2 } == six)
        #expect(Self.delay { $0.replicas = "2/3" } == six)
        #expect(Self.delay { $0.updatedReplicas = 2 } == six)
        #expect(Self.delay { $0.conditions?[0].message = "2 of 3" } == six)
    }

    @Test func notForEver() {
        #expect(Self.delay(after: .seconds(10)) { $0.readyReplicas = 2 } == .zero)
        #expect(Self.delay(after: .seconds(99)) { $0.readyReplicas = 2 } == .zero)
    }

    /// Creating or rolling a set costs a first and a last status, however many pods come up in between.
    @Test func longerDuringARollout() {
        let (current, next) = Self.rolling()
        #expect(StatusUrgency.delay(from: current, to: next, now: Sample.now + .seconds(45)) == .seconds(15))
    }

    /// A short deadline needs to know of progress early.
    @Test func shorterWithAShortDeadline() {
        let (current, next) = Self.rolling()
        let delay = StatusUrgency.delay(from: current, to: next, now: Sample.now, progressDeadline: .seconds(20))
        #expect(delay == .seconds(5))
    }

    private static func rolling() -> (SpicepodSetStatus, SpicepodSetStatus) {
        var current = Self.current
        current.rollout = RolloutStatus { $0.version = "b" }
        var next = current
        next.readyReplicas = 2
        next.rollout?.reachedReplicas = 2
        next.rollout?.progressedAt = Sample.now
        return (current, next)
    }

    @Test func meaningIsWrittenAtOnce() {
        #expect(Self.delay { $0.observedGeneration = 2 } == .zero)
        #expect(Self.delay { $0.totalReplicas = 4 } == .zero)
        #expect(Self.delay { $0.activeVersion = "b" } == .zero)
        #expect(Self.delay { $0.pauseReason = "ReplicasZero" } == .zero)
        #expect(Self.delay { $0.conditions?[0].status = .true } == .zero)
        #expect(Self.delay { $0.conditions?[0].reason = "Ready" } == .zero)
        #expect(Self.delay { $0.conditions?[1].observedGeneration = 2 } == .zero)
    }
}
