package import KubernetesModel
import Synchronization

/// What keeps nodes from their certificates, remembered from one attempt to the next: their cluster's status tells it.
package final class Troubles: Sendable {
    private struct State {
        var troubles: [ObjectKey: Trouble] = [:]
        var handlers: [@Sendable (ObjectKey) -> Void] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Called with the StatefulSet whose trouble came, changed or went.
    package func onChange(_ handler: @escaping @Sendable (ObjectKey) -> Void) {
        state.withLock { $0.handlers.append(handler) }
    }

    package subscript(key: ObjectKey) -> Trouble? { state.withLock { $0.troubles[key] } }

    func note(_ trouble: Trouble, _ key: ObjectKey) { set(trouble, key) }

    func clear(_ key: ObjectKey) { set(nil, key) }

    private func set(_ trouble: Trouble?, _ key: ObjectKey) {
        let handlers = state.withLock { state in
            guard state.troubles[key] != trouble else { return [] as [@Sendable (ObjectKey) -> Void] }
            state.troubles[key] = trouble
            return state.handlers
        }
        for handler in handlers { handler(key) }
    }
}
