import ControllerSimulation
import JSON

struct Volumes: Invariant {
    let id = "volumes"
    let sentence = "no volume goes while its version is active, wanted or standby, and none of the stable layout ever"

    mutating func check(_ moment: Moment) -> String? {
        guard case .claim(let before?, let after) = moment.change, !before.isTerminating, after?.isTerminating ?? true else {
            return nil
        }
        guard let version = before.workload.version else {
            return moment.actor == .controller ? "\(before.name) of the stable layout was deleted" : nil
        }
        guard moment.actor == .controller || moment.actor == .cluster, let set = moment.picture.set, set.replicas > 0,
            before.workload.ordinal < set.replicas
        else { return nil }
        if moment.picture.service?.version == version { return "\(before.name) of the served version \(version) was deleted" }
        // a switch since has made another version the standby
        let isCurrent = moment.picture.service?.version == set.activeVersion
        if isCurrent, set.standbyVersion == version, let expiry = set.standbyExpiresAt, expiry > moment.now {
            return "\(before.name) of the standby \(version) was deleted"
        }
        return nil
    }
}
