import KubernetesModel
import Testing

@testable import SetController

/// A ledger counts each dead pod once and each event about a failure as often as it happened, however often it is shown them.
@Suite struct LedgerCountTests {
    @Test(arguments: ["Failed", "Succeeded"])
    func aDeadPodCountsOnce(phase: String) {
        var ledger = CrashLedger()
        for round in 0..<3 {
            ledger = ledger.advanced(by: [Pods.dead("a", phase: phase)], failures: [:], now: Pods.start + .seconds(round))
        }
        #expect(ledger.score == 1)
        ledger = ledger.advanced(by: [Pods.dead("a", phase: phase), Pods.dead("b")], failures: [:], now: Pods.start)
        #expect(ledger.score == 2)
    }

    /// Events count up in place: only the difference is new. A smaller number is an older reading.
    @Test func anEventCountsItsDifference() {
        var ledger = CrashLedger()
        for (count, expected) in [(3, 3), (3, 3), (5, 5), (4, 5), (5, 5), (6, 6)] {
            ledger = ledger.advanced(by: [Pods.failing("a")], failures: ["a": ["e1": count]], now: Pods.start)
            #expect(ledger.score == Double(expected))
        }
        ledger = ledger.advanced(by: [Pods.failing("a")], failures: ["a": ["e2": 2]], now: Pods.start)
        #expect(ledger.score == 8)
    }

    /// A pod that was asked to stop ends as Failed or Succeeded as well: that is no failure.
    @Test func whatIsAskedToStopDoesNotCount() {
        var pod = Pods.dead("a")
        pod.isTerminating = true
        let ledger = CrashLedger().advanced(by: [pod], failures: ["a": ["e": 5]], now: Pods.start)
        #expect(ledger.isEmpty)
    }

    /// The failure that was counted last is kept to be told.
    @Test func keepsTheLastFailure() {
        var ledger = CrashLedger().advanced(
            by: [Pods.failing("a", exitCode: 3, message: "no\nbucket")], failures: ["a": ["e": 1]], now: Pods.start)
        #expect(ledger.last?.text == "pod demo-0-0-a: exit code 3 (Error): no bucket")
        ledger = ledger.advanced(by: [Pods.ready("b")], failures: [:], now: Pods.start)
        #expect(ledger.last?.exitCode == 3)
    }

    /// Memory has bounds: what cannot be remembered is not counted, rather than again and again.
    @Test func isBounded() {
        let pods = (0..<200).map { Pods.failing("pod-\($0)") }
        let events = Dictionary(uniqueKeysWithValues: (0..<100).map { ("e\($0)", 1) })
        let failures = Dictionary(uniqueKeysWithValues: pods.map { ($0.uid, events) })
        var ledger = CrashLedger()
        for _ in 0..<3 { ledger = ledger.advanced(by: pods, failures: failures, now: Pods.start) }
        #expect(ledger.pods.count == CrashLedger.rememberedPods)
        #expect(ledger.score == Double(CrashLedger.rememberedPods * CrashLedger.rememberedEvents))
        #expect((ledger.annotation ?? "").utf8.count < 64 << 10)

        // pods that are gone make room
        let next = (0..<10).map { Pods.failing("next-\($0)") }
        ledger = ledger.advanced(by: next, failures: ["next-3": ["e": 1]], now: Pods.start)
        #expect(ledger.pods.keys.sorted() == ["next-3"])
    }
}
