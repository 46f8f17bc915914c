import KubernetesModel
import Testing

@testable import SetController

/// Whatever the order and repetition of observations, old ones among them, and whatever restarts of the controller in between:
/// every failure is counted at most once, once in the end, and health forgives them all.
@Suite struct LedgerRandomTests {
    struct Snapshot {
        var pods: [ObservedPod] = []
        var failures: [String: [String: Int]] = [:]
    }

    @Test(arguments: 0..<200)
    func countsEachFailureOnce(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var now = Pods.start
        var truth = Snapshot()
        var history = [truth]
        var total = 0
        var ledger = CrashLedger()
        for _ in 0..<120 {
            now = now + .seconds(random.below(20))
            switch random.below(6) {
            case 0 where truth.pods.count < CrashLedger.rememberedPods: truth.pods.append(Pods.failing("pod-\(truth.pods.count)"))
            case 1 where !truth.pods.isEmpty:
                let index = random.below(truth.pods.count)
                if !truth.pods[index].isDead { total += 1 }
                truth.pods[index].phase = "Failed"
            case 2, 3:
                guard !truth.pods.isEmpty else { break }
                let times = 1 + random.below(3)
                truth.failures[truth.pods[random.below(truth.pods.count)].uid, default: [:]]["e\(random.below(4))", default: 0] +=
                    times
                total += times
            // a controller begins anew with what is written
            case 4: ledger = CrashLedger(annotation: ledger.annotation)
            default: break
            }
            history.append(truth)
            // an older state is seen again, in another order and in part
            var seen = history[random.below(history.count)]
            seen.pods.shuffle(using: &random)
            seen.failures = seen.failures.filter { _ in random.below(4) > 0 }
            let before = ledger.score
            ledger = ledger.advanced(by: seen.pods, failures: seen.failures, now: now)
            #expect(ledger.score >= before)
            #expect(ledger.score <= Double(total))
        }
        ledger = ledger.advanced(by: truth.pods, failures: truth.failures, now: now)
        #expect(ledger.score == Double(total))

        var healthy = truth.pods.filter { !$0.isDead }
        if healthy.isEmpty { healthy = [Pods.pod("new")] }
        for index in healthy.indices { (healthy[index].isReady, healthy[index].readySince) = (true, now) }
        for _ in 0..<20 {
            now = now + CrashLedger.halfLife
            ledger = CrashLedger(annotation: ledger.annotation).advanced(by: healthy, failures: truth.failures, now: now)
        }
        #expect(ledger.score == 0)
    }
}
