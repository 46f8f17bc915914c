import SpiceTypes

struct Availability: Invariant {
    let id = "availability"
    let sentence = "in an upgrade one node of a role is away at most, where both roles are rolled in order"

    mutating func check(_ moment: Moment) -> String? {
        guard moment.isOrdered, moment.actor.isService, let planned = moment.planned[Decision.Service.set.rawValue] else {
            return nil
        }
        for (pod, cause) in moment.lost where cause.isService {
            guard let replicas = planned.sets[pod.role]?.replicas, pod.ordinal < replicas,
                // what it took for broken was broken
                planned.nodes[pod.name].map({ $0.uid == pod.uid && $0.isAvailable }) ?? false
            else { continue }
            let away = (0..<replicas).filter {
                moment.ledger.down["\(Picture.names.set(pod.role))-\($0)"]?.isService == true
            }
            if away.count > 1 { return "\(pod.role.rawValue)s \(away) are away through us, the last is \(pod.name)" }
        }
        return nil
    }
}
