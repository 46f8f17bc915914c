import KubernetesModel
import Testing

@testable import SetController

/// A pod that ended by itself is counted although it was gone before anybody looked.
@Suite struct DeadPodTests {
    private func pod(_ uid: String, phase: String, terminating: Bool = false) -> ObservedPod {
        var pod = Pods.dead(uid, phase: phase)
        pod.ownerUID = "workload"
        pod.isTerminating = terminating
        return pod
    }

    @Test func isNoted() {
        let dead = DeadPods()
        dead.note(pod("a", phase: "Failed"))
        dead.note(pod("a", phase: "Failed"))
        dead.note(pod("a", phase: "Failed", terminating: true))
        let found = dead.departed(of: ["workload"], besides: [pod("a", phase: "Failed", terminating: true)])
        #expect(found.map(\.uid) == ["a"])
        #expect(CrashLedger().advanced(by: found, failures: [:], now: Pods.start).score == 1)
        #expect(dead.departed(of: ["other"], besides: []) == [])
        #expect(dead.departed(of: ["workload"], besides: [pod("a", phase: "Failed")]) == [])
        dead.forget(found)
        #expect(dead.departed(of: ["workload"], besides: []) == [])
    }

    @Test func whatWasAskedToStopIsNot() {
        let dead = DeadPods()
        dead.note(pod("a", phase: "Running"))
        dead.note(pod("a", phase: "Succeeded", terminating: true))
        #expect(dead.departed(of: ["workload"], besides: []) == [])
    }

    @Test func isBounded() {
        let dead = DeadPods()
        for index in 0..<3000 { dead.note(pod("\(index)", phase: "Failed")) }
        let kept = dead.departed(of: ["workload"], besides: [])
        #expect(kept.count == 1024)
        #expect(kept.last?.uid == "2999")
    }
}
