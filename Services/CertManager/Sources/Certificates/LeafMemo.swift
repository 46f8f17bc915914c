import PKI
import Synchronization

/// What contents of Secrets were found to be, by their digests. A leaf that was issued comes back twice, in the answer to the write
/// and in the watch, and to take it apart and verify it again costs more than to issue it.
///
/// What is found depends on the content alone, so that no entry can be wrong; the oldest go.
package final class LeafMemo: Sendable {
    package static let shared = LeafMemo(capacity: 4096)

    private struct State {
        var found: [Digest: LeafContent] = [:]
        /// A ring.
        var order: [Digest] = []
        var oldest = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    package init(capacity: Int) {
        self.capacity = capacity
    }

    package var count: Int { state.withLock { $0.found.count } }

    func content(of text: TLSText) -> LeafContent {
        let digest = text.digest
        if let known = state.withLock({ $0.found[digest] }) { return known }
        let content = LeafContent(TLSData(text))
        note(content, digest)
        return content
    }

    func note(_ content: LeafContent, of text: TLSText) { note(content, text.digest) }

    private func note(_ content: LeafContent, _ digest: Digest) {
        state.withLock { state in
            guard state.found.updateValue(content, forKey: digest) == nil else { return }
            if state.order.count < capacity { return state.order.append(digest) }
            state.found[state.order[state.oldest]] = nil
            state.order[state.oldest] = digest
            state.oldest = (state.oldest + 1) % capacity
        }
    }
}
