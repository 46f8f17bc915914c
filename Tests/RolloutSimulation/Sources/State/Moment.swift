import ControllerSimulation
import KubernetesModel

/// One write and what the world is after it.
struct Moment: Sendable {
    var now: Timestamp
    var actor: Actor
    var change: Change
    /// Pods that served until this write.
    var lost: [(pod: PodState, cause: Actor)]
    var picture: Picture
    var ledger: Ledger
    /// What the controller's caches held when it planned what it does now: it cannot know better.
    var planned: Picture

    /// Ready and staying, or known as such to the controller and lost to somebody else since.
    func countsAsReady(_ pod: PodState) -> Bool {
        if ledger.isServing(pod) { return true }
        return isBelievedReady(pod.name)
    }

    /// Available as far as the controller knows, and not gone through itself.
    func isBelievedReady(_ name: String) -> Bool {
        guard let pod = planned.pods[name], pod.isAvailable else { return false }
        return ledger.doomed[pod.uid] != .controller && ledger.down[pod.workload.text] != .controller
    }
}
