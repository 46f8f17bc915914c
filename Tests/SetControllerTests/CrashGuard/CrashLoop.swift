import KubernetesModel
import SpiceTypes

@testable import SetController

/// Sets whose pods fail.
extension Cluster {
    static func running(
        replicas: Int32 = 1, threshold: Int = 10, _ configure: (inout SpicepodSetSpec) -> Void = { _ in }
    ) throws -> Cluster {
        var cluster = Cluster(
            Sample.set {
                $0.replicas = replicas
                configure(&$0)
            }, settings: Settings(crashloopThreshold: threshold))
        try cluster.converge()
        return cluster
    }

    /// Its pod fails so often, as events tell.
    mutating func fail(_ pod: String, times: Int) {
        fleet.setReady(pod, false)
        fleet.setTrouble(pod, .init(reason: "CrashLoopBackOff", message: "back-off"))
        if let uid = fleet.pod(pod)?.uid { failures[uid] = ["backoff": times] }
    }
}
