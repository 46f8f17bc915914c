import SpiceTypes

/// One ordinal of a generation: its StatefulSet and the pod of that.
struct Replica: Sendable, Hashable {
    var ordinal: Int
    var workload: ObservedWorkload?
    var pods: [ObservedPod]

    /// The StatefulSet carries the wanted template.
    func isUpdated(to version: String) -> Bool { workload?.version == version }

    /// A pod of another version or with a file system that waits, to be replaced.
    func outdatedPod(_ version: String) -> ObservedPod? {
        pods.first { ($0.version != version || $0.awaitsFileSystem) && !$0.isTerminating }
    }

    var isAvailable: Bool { pods.contains(where: \.isAvailable) }

    /// Runs the wanted version and serves.
    func isSettled(_ version: String) -> Bool {
        isUpdated(to: version) && pods.contains { $0.isAvailable && $0.version == version }
    }
}
