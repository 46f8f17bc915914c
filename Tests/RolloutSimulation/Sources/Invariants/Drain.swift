import ControllerSimulation
import KubernetesModel

struct Drain: Invariant {
    let id = "drain"
    let sentence = "pods that served when the Service switched away live on for 30 s"
    private static let time: Duration = .seconds(30)
    private var leaving: [String: Timestamp] = [:]

    mutating func check(_ moment: Moment) -> String? {
        if moment.picture.set == nil { leaving = [:] }
        if case .service(let before?, let after?) = moment.change, before.selector != after.selector, moment.actor == .controller {
            for pod in moment.picture.pods.values {
                if before.selects(pod), !after.selects(pod), moment.ledger.isServing(pod) { leaving[pod.uid] = moment.now }
                if after.selects(pod) { leaving[pod.uid] = nil }
            }
        }
        guard moment.actor == .controller, let set = moment.planned.set, set.replicas > 0 else { return nil }
        for lost in moment.lost where lost.cause == .controller && lost.pod.workload.ordinal < set.replicas {
            // the cluster's times have whole seconds
            guard let since = leaving[lost.pod.uid], moment.now - since < Self.time - .seconds(1) else { continue }
            return "\(lost.pod.name) was taken away \(moment.now - since) after the Service left it"
        }
        return nil
    }
}
