public import KubernetesClient
public import KubernetesModel
import Synchronization

/// Which keys this replica works on at this moment: those whose slice it holds. The answer depends on the clock, not on
/// anybody having noticed in time that a Lease has run out.
public final class SliceOwnership: Sendable {
    public let slices: Int
    let time: TimeSource
    private let heldUntil: Mutex<[Int: Duration]>

    /// - Parameter holdsAll: for a single replica without leader election.
    public init(slices: Int, holdsAll: Bool = false, time: TimeSource = .system) {
        self.slices = max(1, slices)
        self.time = time
        let always = Duration.seconds(Int64.max / 4)
        heldUntil = Mutex(holdsAll ? Dictionary(uniqueKeysWithValues: (0..<max(1, slices)).map { ($0, always) }) : [:])
    }

    public func owns(_ key: ObjectKey) -> Bool { owns(slice: slice(of: key)) }

    public func owns(slice: Int) -> Bool {
        let now = time.now()
        return heldUntil.withLock { $0[slice].map { now < $0 } ?? false }
    }

    /// The same on every replica and in every version.
    public func slice(of key: ObjectKey) -> Int {
        Int(FNV1a("\(key.namespace)/\(key.name)".utf8).value % UInt64(slices))
    }

    func set(_ slice: Int, heldUntil deadline: Duration?) {
        heldUntil.withLock { $0[slice] = deadline }
    }
}
