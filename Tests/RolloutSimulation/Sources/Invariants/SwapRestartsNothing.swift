import ControllerSimulation

struct SwapRestartsNothing: Invariant {
    let id = "swap-restarts-nothing"
    let sentence = "a switch back to a retained version keeps its pods"
    /// Pods of the standby when its version became wanted again.
    private var kept: [String: PodState] = [:]
    private var version: String?

    mutating func check(_ moment: Moment) -> String? {
        guard let set = moment.picture.set else {
            (kept, version) = ([:], nil)
            return nil
        }
        switch moment.change {
        case .set(let before?, .some) where before.standbyVersion != set.standbyVersion:
            version = set.standbyVersion
            kept =
                version.map { version in
                    moment.picture.pods.filter { $0.value.workload.version == version && moment.ledger.isServing($0.value) }
                } ?? [:]
        case .service(let before?, let after?) where before.version != after.version && after.version == version && version != nil:
            let taken = kept.values.filter { pod in
                guard moment.picture.pods[pod.name]?.uid != pod.uid else { return false }
                return takenByUs.contains(pod.uid)
            }
            if let pod = taken.min(by: { $0.name < $1.name }) {
                return "\(pod.name) was replaced on the way back to \(version ?? "")"
            }
        default: break
        }
        let replicas = moment.planned.set?.replicas ?? 0
        for lost in moment.lost where lost.cause == .controller && lost.pod.workload.ordinal < replicas {
            takenByUs.insert(lost.pod.uid)
        }
        return nil
    }

    private var takenByUs: Set<String> = []
}
