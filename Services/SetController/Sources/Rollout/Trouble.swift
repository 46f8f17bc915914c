import KubernetesModel

/// What keeps pods from getting ready.
extension Rollout {
    /// A young pod often waits for a volume, a node or an image for a moment; that is no news yet.
    static let patience: Duration = .seconds(10)

    /// The first pod that says why it does not run or get ready.
    func trouble(now: Timestamp) -> (pod: String, trouble: ObservedPod.Trouble)? {
        for (pod, trouble) in troubled where (pod.createdAt.map { now - $0 } ?? Self.patience) >= Self.patience {
            return (pod.name, trouble)
        }
        return nil
    }

    /// When the trouble of a young pod becomes news.
    func troubleDue(now: Timestamp) -> Duration? {
        troubled.compactMap { pod, _ in pod.createdAt.map { Self.patience - (now - $0) } }.filter { $0 > .zero }.min()
    }

    private var troubled: [(ObservedPod, ObservedPod.Trouble)] {
        let generations = serving.id == target.id ? [target] : [target, serving]
        return generations.flatMap(\.replicas).flatMap(\.pods).compactMap { pod in
            guard !pod.isReady || pod.isOnTrial, !pod.isTerminating, let trouble = pod.trouble else { return nil }
            return (pod, trouble)
        }
    }
}
