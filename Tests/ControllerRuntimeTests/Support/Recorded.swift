import Synchronization

/// A list that several tasks append to.
final class Recorded<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])
    func append(_ element: Element) { elements.withLock { $0.append(element) } }
    var all: [Element] { elements.withLock { $0 } }
}

/// State that several tasks change.
final class Shared<State: Sendable>: Sendable {
    private let state: Mutex<State>
    init(_ state: State) { self.state = Mutex(state) }
    var value: State { state.withLock { $0 } }

    func change<Result: Sendable>(_ body: @Sendable (inout State) throws -> Result) rethrows -> Result {
        try state.withLock { try body(&$0) }
    }
}
