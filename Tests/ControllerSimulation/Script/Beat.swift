/// A decision of a user or a fault, and how many steps of the world come before it.
package struct Beat<Decision: Sendable & Hashable>: Sendable, Hashable {
    package var gap: Int
    package var decision: Decision

    package init(gap: Int, decision: Decision) {
        self.gap = gap
        self.decision = decision
    }
}

/// A seed's users and faults, drawn before anything happens: what is left out of it changes nothing else in it.
package protocol SimulationScript: Sendable {
    associatedtype Decision: Sendable & Hashable
    var seed: UInt64 { get }
    var beats: [Beat<Decision>] { get set }
}
