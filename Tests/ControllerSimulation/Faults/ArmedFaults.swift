/// What happens to a request on its way.
package enum RequestFault: String, Sendable, CaseIterable {
    case conflict, tooManyRequests, internalError, timeoutBefore, timeoutAfter, lostAnswer
}

/// Faults that wait for their request.
package struct ArmedFaults {
    private var requests: [(countdown: Int, fault: RequestFault)] = []
    private var crashAfter: Int?
    package private(set) var isCrashed = false

    package mutating func arm(_ fault: RequestFault, after: Int) { requests.append((after, fault)) }
    package mutating func armCrash(afterWrites: Int) { crashAfter = crashAfter ?? afterWrites }
    package mutating func disarm() { (requests, crashAfter) = ([], nil) }
    mutating func restarted() { isCrashed = false }

    /// The fault that this request meets.
    mutating func next() -> RequestFault? {
        for index in requests.indices { requests[index].countdown -= 1 }
        guard let index = requests.firstIndex(where: { $0.countdown < 0 }) else { return nil }
        return requests.remove(at: index).fault
    }

    /// A write was made.
    /// - Returns: whether the process dies now.
    mutating func wrote() -> Bool {
        guard let left = crashAfter else { return false }
        crashAfter = left == 0 ? nil : left - 1
        isCrashed = left == 0
        return isCrashed
    }
}
