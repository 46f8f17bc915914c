package import LocalControlPlane

/// Watches a simulation: keeps the books that promises are checked against.
package protocol Audience: AnyObject {
    /// A change was written. Told before anything else happens.
    /// - Parameter isKnown: the writer has the API's answer.
    func saw(_ event: StoreEvent, by actor: Actor, isKnown: Bool)
    /// A service has begun, and has listed everything.
    func began(_ service: SimulatedService)
    /// A watch told a service of a change.
    func learned(_ event: StoreEvent, _ service: SimulatedService)
    /// A service is about to plan from what it knows.
    func plans(_ service: SimulatedService)
    /// Time has passed.
    /// - Returns: a promise that this broke.
    func passed() -> Violation?
    /// How things stand, for the end of a story.
    func tellState()
}

/// A promise that was not kept.
package struct Violation: Error, Sendable, Hashable {
    package var id: String
    package var detail: String

    package init(id: String, detail: String) {
        self.id = id
        self.detail = detail
    }
}
