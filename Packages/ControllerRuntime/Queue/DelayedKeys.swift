/// Keys with a deadline each, the earliest first: a binary heap whose outdated entries are dropped when they come up.
struct DelayedKeys<Key: Hashable & Sendable> {
    private var deadlines: [Key: Duration] = [:]
    private var heap: [(deadline: Duration, key: Key)] = []

    var nextDeadline: Duration? {
        // the root may be outdated: then somebody wakes up once for nothing, and `popDue` drops it
        deadlines.isEmpty ? nil : heap.first?.deadline
    }

    /// Of several deadlines of a key the earliest counts.
    mutating func add(_ key: Key, at deadline: Duration) {
        if let known = deadlines[key], known <= deadline { return }
        deadlines[key] = deadline
        heap.append((deadline, key))
        siftUp(heap.count - 1)
        if heap.count > 64, heap.count > deadlines.count * 4 { rebuild() }
    }

    mutating func remove(_ key: Key) { deadlines[key] = nil }

    /// A key whose deadline has come.
    mutating func popDue(_ now: Duration) -> Key? {
        while let first = heap.first, first.deadline <= now {
            removeFirst()
            guard deadlines[first.key] == first.deadline else { continue }
            deadlines[first.key] = nil
            return first.key
        }
        return nil
    }

    private mutating func rebuild() {
        // sorted is a heap
        heap = deadlines.map { ($0.value, $0.key) }.sorted { $0.deadline < $1.deadline }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { return }
            let right = left + 1
            let child = right < heap.count && heap[right].deadline < heap[left].deadline ? right : left
            guard heap[child].deadline < heap[parent].deadline else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }

    private mutating func siftUp(_ index: Int) {
        var child = index
        while child > 0, heap[child].deadline < heap[(child - 1) / 2].deadline {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }
}
