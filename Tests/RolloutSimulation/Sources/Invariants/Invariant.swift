import ControllerSimulation
import KubernetesModel

/// A promise, checked after every write from the API's objects alone.
protocol Invariant: Sendable {
    var id: String { get }
    /// The promise in a sentence.
    var sentence: String { get }
    /// - Returns: how it was broken.
    mutating func check(_ moment: Moment) -> String?
    /// Time has passed.
    mutating func tick(_ picture: Picture, _ now: Timestamp) -> String?
}

extension Invariant {
    mutating func tick(_ picture: Picture, _ now: Timestamp) -> String? { nil }
}

/// All promises, watched together.
struct Promises: Sendable {
    private var invariants: [any Invariant] = [
        OneVersion(), RestartOrder(), Availability(), SwapRestartsNothing(), Drain(), Volumes(), Standby(), Ownership(),
    ]

    mutating func check(_ moment: Moment) -> Violation? {
        for index in invariants.indices {
            if let detail = invariants[index].check(moment) {
                return Violation(id: invariants[index].id, detail: "\(detail). Promised: \(invariants[index].sentence)")
            }
        }
        return nil
    }

    mutating func tick(_ picture: Picture, _ now: Timestamp) -> Violation? {
        for index in invariants.indices {
            if let detail = invariants[index].tick(picture, now) {
                return Violation(id: invariants[index].id, detail: "\(detail). Promised: \(invariants[index].sentence)")
            }
        }
        return nil
    }
}
