import ControllerSimulation
import JSON

struct Availability: Invariant {
    let id = "availability"
    let sentence = "a rollout takes no more pods behind the Service away than its strategy says"

    mutating func check(_ moment: Moment) -> String? {
        guard moment.actor == .controller, let set = moment.planned.set, !moment.lost.isEmpty else { return nil }
        let replicas = set.replicas
        let counted = moment.lost.filter { lost in
            lost.cause == .controller && lost.pod.workload.ordinal < replicas && isBehindService(lost.pod, moment)
                // what it took for broken was broken
                && (moment.planned.pods[lost.pod.name].map { $0.uid == lost.pod.uid && $0.isAvailable } ?? false)
        }
        guard let first = counted.first else { return nil }
        if moment.picture.service?.version != nil {
            return "\(first.pod.name) was taken away from behind a Service that is pinned to its version"
        }
        if set.strategy == "RollingParallel" { return parallel(first.pod, set, moment) }
        let down = (0..<replicas).filter { ordinal in
            moment.ledger.down.contains { $0.value == .controller && $0.key == "\(Picture.name)-\(ordinal)" }
        }
        guard down.count > 1 else { return nil }
        return "replicas \(down) are down by the controller's hand, the last through \(first.pod.name)"
    }

    private func parallel(_ pod: PodState, _ set: SetState, _ moment: Moment) -> String? {
        let behind = moment.picture.podsBehindService.filter(moment.countsAsReady)
        let believed = moment.planned.podsBehindService.filter { moment.isBelievedReady($0.name) }
        let ready = Set((behind + believed).map(\.workload.ordinal))
        let unavailable = (0..<set.replicas).count { !ready.contains($0) }
        let limit = Self.limit(set)
        guard unavailable > limit else { return nil }
        return "\(unavailable) replicas are unavailable after \(pod.name) was taken away, \(limit) may be"
    }

    private static func limit(_ set: SetState) -> Int {
        let value = set.spec[path: "updateStrategy", "maxUnavailable"]
        var wanted = Int(value?.intValue ?? 1)
        if let text = value?.stringValue {
            let percent = text.hasSuffix("%") ? Int(text.dropLast()) : nil
            wanted = percent.map { set.replicas * $0 / 100 } ?? Int(text) ?? 1
        }
        return max(1, min(wanted, set.replicas - 1))
    }

    private func isBehindService(_ pod: PodState, _ moment: Moment) -> Bool {
        moment.picture.isBehindService(pod)
    }
}
