import JSON

/// The part of a status that nodes own, as they apply it.
enum StatusIntent {
    private static let podFields = [
        "phase", "reason", "message", "hostIP", "hostIPs", "podIP", "podIPs", "startTime", "containerStatuses",
        "initContainerStatuses", "observedGeneration",
    ]
    private static let podConditions = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"]
    private static let claimConditions = ["Resizing", "FileSystemResizePending", "ControllerResizeError"]

    /// - Parameter known: the API's state. A real API sets `PodScheduled` itself when it binds: where it agrees, its word stands.
    static func pod(_ pod: JSONValue, known: JSONValue) -> JSONValue {
        var status: JSONValue = [:]
        for field in podFields { status[field] = pod["status", field]?.withoutNulls }
        let conditions = podConditions.compactMap { type -> JSONValue? in
            let own = pod.condition(type)
            if type == "PodScheduled", let told = known.condition(type), own?["status"] == told["status"] {
                return told.withoutNulls
            }
            return own?.withoutNulls
        }
        status["conditions"] = .nonEmpty(conditions)
        return status
    }

    static func node(_ node: JSONValue) -> JSONValue {
        let types = ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"]
        return ["conditions": .array(types.compactMap { node.condition($0)?.withoutNulls })]
    }

    static func claim(_ claim: JSONValue) -> JSONValue {
        var status: JSONValue = [:]
        status["capacity"] = claim["status", "capacity"]
        status["conditions"] = .nonEmpty(claimConditions.compactMap { claim.condition($0)?.withoutNulls })
        return status
    }
}

extension JSONValue {
    /// An apply owns what it names, also where that is null.
    fileprivate var withoutNulls: JSONValue {
        switch self {
        case .object(let members): .object(members.filter { !$0.value.isNull }.mapValues(\.withoutNulls))
        case .array(let elements): .array(elements.map(\.withoutNulls))
        default: self
        }
    }
}
