import ControllerSimulation

/// A promise, checked after every write from the API's objects alone.
protocol Invariant {
    var id: String { get }
    /// The promise in a sentence.
    var sentence: String { get }
    /// - Returns: how it was broken.
    mutating func check(_ moment: Moment) -> String?
}

/// All promises, watched together.
struct Promises {
    private var invariants: [any Invariant] = [
        Availability(), Turns(), Ports(), Trust(), Keys(), KeysHaveReasons(), Others(),
    ]

    mutating func check(_ moment: Moment) -> Violation? {
        for index in invariants.indices {
            if let detail = invariants[index].check(moment) {
                return Violation(id: invariants[index].id, detail: "\(detail). Promised: \(invariants[index].sentence)")
            }
        }
        return nil
    }
}
