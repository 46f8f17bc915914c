import KubernetesModel

struct Others: Invariant {
    let id = "others"
    let sentence = "what somebody else made is neither written nor deleted"
    private var foreign: Set<ObjectKey> = []

    mutating func check(_ moment: Moment) -> String? {
        guard case .secret(let key, let secret) = moment.change else { return nil }
        let wasForeign = foreign.contains(key)
        if let secret, Foreign.isMark(secret) { foreign.insert(key) } else { foreign.remove(key) }
        guard moment.actor.isService, wasForeign else { return nil }
        return "Secret \(key) was \(secret == nil ? "deleted" : "written")"
    }
}
