import KubernetesModel
import Testing

@testable import SetController

/// Half of what was counted is forgiven after every ten minutes in which all pods of the version were Ready without a break.
@Suite struct LedgerDecayTests {
    private func ledger(_ score: Double) -> CrashLedger {
        var ledger = CrashLedger()
        ledger.score = score
        ledger.changedAt = Pods.start
        return ledger
    }

    @Test(arguments: [(0, 8.0), (599, 8), (600, 4), (1199, 4), (1200, 2), (1800, 1), (2400, 0), (90_000, 0)])
    func halves(seconds: Int64, expected: Double) {
        let now = Pods.start + .seconds(seconds)
        #expect(ledger(8).advanced(by: [Pods.ready("a")], failures: [:], now: now).score == expected)
    }

    /// It makes no difference how often one looks.
    @Test func lookingOftenIsLookingOnce() {
        var often = ledger(100)
        for second in stride(from: 0, through: 7000, by: 70) {
            often = often.advanced(by: [Pods.ready("a")], failures: [:], now: Pods.start + .seconds(second))
        }
        #expect(often == ledger(100).advanced(by: [Pods.ready("a")], failures: [:], now: Pods.start + .seconds(7000)))
    }

    /// Health counts from the last failure, and from the moment the last pod got ready.
    @Test func beginsWithTheLastPodReady() {
        let late = Pods.start + .seconds(300)
        let pods = [Pods.ready("a"), Pods.ready("b", since: late)]
        #expect(ledger(8).nextDecay(pods, now: late) == .seconds(600))
        #expect(ledger(8).advanced(by: pods, failures: [:], now: Pods.start + .seconds(899)).score == 8)
        #expect(ledger(8).advanced(by: pods, failures: [:], now: Pods.start + .seconds(900)).score == 4)
    }

    /// Readiness that comes and goes is neither progress nor failure, and nothing to write down.
    @Test func flappingIsNothing() {
        var ledger = ledger(8)
        let before = ledger.annotation
        for second in stride(from: 0, to: 7200, by: 60) {
            let now = Pods.start + .seconds(second)
            ledger = ledger.advanced(by: [Pods.ready("a", since: now)], failures: [:], now: now)
            ledger = ledger.advanced(by: [Pods.pod("a")], failures: [:], now: now + .seconds(30))
        }
        #expect(ledger.annotation == before)
    }

    @Test func noPodsAreNotHealthy() {
        let now = Pods.start + .seconds(9000)
        var leaving = Pods.ready("a")
        leaving.isTerminating = true
        for pods in [[], [leaving], [Pods.ready("a"), Pods.pod("b")]] {
            #expect(ledger(8).advanced(by: pods, failures: [:], now: now).score == 8)
            #expect(ledger(8).nextDecay(pods, now: now) == nil)
        }
    }

    /// What is forgiven is not counted again while its event still lives, and forgotten when the pod is gone.
    @Test func forgivenIsNotCountedAgain() {
        var ledger = CrashLedger().advanced(by: [Pods.failing("a")], failures: ["a": ["e": 10]], now: Pods.start)
        ledger = ledger.advanced(by: [Pods.ready("a")], failures: [:], now: Pods.start + .seconds(7200))
        #expect(ledger.score == 0)
        #expect(ledger.annotation != nil)
        ledger = ledger.advanced(by: [Pods.failing("a")], failures: ["a": ["e": 11]], now: Pods.start + .seconds(7300))
        #expect(ledger.score == 1)
        ledger = ledger.advanced(by: [Pods.ready("b")], failures: [:], now: Pods.start + .seconds(90_000))
        #expect(ledger.annotation == nil)
    }
}
