import ControllerSimulation
import JSON
import KubernetesModel

struct Standby: Invariant {
    let id = "standby"
    let sentence = "the pods of a standby stay until it expires"

    /// Since when each standby is kept: its user may change for how long.
    private var since: (version: String, time: Timestamp)?

    mutating func check(_ moment: Moment) -> String? {
        if case .set(let before, let after?) = moment.change, moment.actor == .controller,
            before?.standbyVersion != after.standbyVersion || before?.standbyExpiresAt != after.standbyExpiresAt
        {
            since = after.standbyVersion.flatMap { version in
                after.standbyExpiresAt.map { (version, $0 + .seconds(-(moment.planned.set?.retention ?? 0))) }
            }
        }
        guard moment.actor == .controller, let set = moment.planned.set, !set.isPaused, let since,
            since.version == set.standbyVersion, set.spec[path: "standbyVersion", "enabled"] == true
        else { return nil }
        let (version, expiry) = (since.version, since.time + .seconds(set.retention))
        guard expiry > moment.now else { return nil }
        // a switch since has made another version the standby
        guard let service = moment.picture.service, service.version == set.activeVersion,
            set.spec[path: "service", "enabled"] != false
        else { return nil }
        for lost in moment.lost where lost.cause == .controller && lost.pod.workload.ordinal < set.replicas {
            guard lost.pod.workload.version == version else { continue }
            return "\(lost.pod.name) of the standby was taken away \(expiry - moment.now) before its time"
        }
        return nil
    }
}
