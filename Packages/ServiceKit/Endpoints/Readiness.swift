import Synchronization

/// What must be true before the service can do its work, by name: caches filled, webhook certificate valid, …
public final class Readiness: Sendable {
    private struct State {
        /// In the order of registration; no reason is ready, else why not.
        var targets: [(name: String, reason: String?, note: String?)] = []
        var draining = false
    }

    private let state = Mutex(State())

    public init() {}

    /// A condition of being ready, not fulfilled yet. A name in use gets a number behind it.
    public func register(_ name: String) -> Target {
        state.withLock { state in
            var unique = name
            var number = 2
            while state.targets.contains(where: { $0.name == unique }) {
                unique = "\(name)-\(number)"
                number += 1
            }
            state.targets.append((unique, "starting", nil))
            return Target(owner: self, index: state.targets.count - 1)
        }
    }

    /// Never ready again: the service is on its way out.
    public func drain() {
        state.withLock { $0.draining = true }
    }

    public var isReady: Bool {
        state.withLock { state in !state.draining && state.targets.allSatisfy { $0.reason == nil } }
    }

    /// What `/ready` says: the verdict on the first line, then a line for each target.
    public var report: (ready: Bool, text: String) {
        let (targets, draining) = state.withLock { ($0.targets, $0.draining) }
        let missing = targets.filter { $0.reason != nil }.map(\.name) + (draining ? ["shutdown"] : [])
        var text = missing.isEmpty ? "OK\n" : "not ready: \(missing.joined(separator: ", "))\n"
        for target in targets { text += "\(target.name): \(target.reason ?? target.note.map { "ok, \($0)" } ?? "ok")\n" }
        return (missing.isEmpty, text)
    }

    public struct Target: Sendable {
        fileprivate let owner: Readiness
        fileprivate let index: Int

        /// - Parameter reason: why not, for the person who asks `/ready`.
        public func set(_ ready: Bool, reason: String = "not ready") {
            owner.state.withLock { ($0.targets[index].reason, $0.targets[index].note) = (ready ? nil : reason, nil) }
        }

        /// Ready, with something that the person who asks `/ready` should know all the same.
        public func setReady(note: String?) {
            owner.state.withLock { ($0.targets[index].reason, $0.targets[index].note) = (nil, note) }
        }
    }
}
