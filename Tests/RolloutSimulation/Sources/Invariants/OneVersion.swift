import ControllerSimulation
import JSON

struct OneVersion: Invariant {
    let id = "one-version"
    let sentence = "a Service that is pinned to a version selects pods of that version alone, and moves only to enough Ready ones"

    mutating func check(_ moment: Moment) -> String? {
        guard let service = moment.picture.service, let version = service.version else { return nil }
        switch moment.change {
        case .pod(_, let pod?) where service.selects(pod): return mixed(moment.picture.pods.values.filter(service.selects), version)
        case .service(let before?, let after?) where before.selector != after.selector:
            let selected = moment.picture.pods.values.filter(after.selects)
            return mixed(selected, version) ?? early(selected, before, moment)
        default: return nil
        }
    }

    private func mixed(_ pods: [PodState], _ version: String) -> String? {
        let contents = Set(pods.map(\.content))
        return contents.count > 1 ? "the pods behind the Service of version \(version) run different things" : nil
    }

    private func early(_ pods: [PodState], _ before: ServiceState, _ moment: Moment) -> String? {
        guard moment.actor == .controller, let set = moment.planned.set else { return nil }
        // where the set was paused nobody is served, and there is nothing to wait for
        let served = moment.picture.pods.values.contains { before.selects($0) && moment.ledger.isServing($0) }
        if !served, set.status["pauseReason"]?.stringValue != nil { return nil }
        let ready = pods.count(where: moment.countsAsReady)
        let threshold = set.cutoverThreshold
        return ready < threshold ? "the Service was switched to \(ready) Ready pods, \(threshold) were wanted" : nil
    }
}
