import ControllerSimulation
import JSON

struct RestartOrder: Invariant {
    let id = "order"
    let sentence = "RollingOrdered takes serving pods in the order of their ordinals"

    mutating func check(_ moment: Moment) -> String? {
        guard moment.actor == .controller, let set = moment.planned.set, set.strategy == "RollingOrdered" else { return nil }
        for (pod, cause) in moment.lost where cause == .controller && moment.picture.isBehindService(pod) {
            let name = pod.workload
            guard name.version == nil, name.ordinal < set.replicas, moment.planned.pods[pod.name]?.isAvailable == true,
                let next = moment.picture.workloads[name.text]?.version
            else { continue }
            let earlier = moment.planned.podsBehindService.first {
                $0.workload.version == nil && $0.workload.ordinal < name.ordinal && $0.isAvailable && $0.version != next
                    && moment.isBelievedReady($0.name)
            }
            if let earlier { return "\(pod.name) made way for version \(next) before \(earlier.name) did" }
        }
        return nil
    }
}
