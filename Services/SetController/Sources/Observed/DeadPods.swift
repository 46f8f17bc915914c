import Synchronization

/// Pods that ended by themselves. The StatefulSet controller removes such a pod within moments, so it may be gone from the cache
/// before the set is looked at: they are noted as the watch tells of them.
///
/// A pod that was asked to stop ends in the same phases, and is no news.
final class DeadPods: Sendable {
    private static let capacity = 1024
    private let noted = Mutex<[ObservedPod]>([])

    func note(_ pod: ObservedPod) {
        guard pod.isDead, !pod.isTerminating else { return }
        noted.withLock { noted in
            guard !noted.contains(where: { $0.uid == pod.uid }) else { return }
            if noted.count >= Self.capacity { noted.removeFirst() }
            noted.append(pod)
        }
    }

    /// - Parameter living: what the cache holds; a pod that is among them and not on its way out needs no other witness.
    func departed(of workloads: Set<String>, besides living: [ObservedPod]) -> [ObservedPod] {
        let seen = Set(living.filter { !$0.isTerminating }.map(\.uid))
        return noted.withLock { $0.filter { workloads.contains($0.ownerUID ?? "") && !seen.contains($0.uid) } }
    }

    /// They have been counted.
    func forget(_ pods: [ObservedPod]) {
        guard !pods.isEmpty else { return }
        let uids = Set(pods.map(\.uid))
        noted.withLock { $0.removeAll { uids.contains($0.uid) } }
    }
}
