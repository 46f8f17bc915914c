import JSON
import KubernetesModel

struct Standby: Invariant {
    let id = "standby"
    let sentence = "the pods of a standby stay until it expires"

    mutating func check(_ moment: Moment) -> String? {
        guard moment.actor == .controller, let set = moment.planned.set, !set.isPaused, let version = set.standbyVersion,
            let expiry = set.standbyExpiresAt, expiry > moment.now, set.spec[path: "standbyVersion", "enabled"] == true
        else { return nil }
        // a switch since has made another version the standby
        guard let service = moment.picture.service, service.version == set.activeVersion else { return nil }
        for lost in moment.lost where lost.cause == .controller && lost.pod.workload.ordinal < set.replicas {
            guard lost.pod.workload.version == version else { continue }
            return "\(lost.pod.name) of the standby was taken away \(expiry - moment.now) before its time"
        }
        return nil
    }
}
