import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Synchronization

/// Every state that the pods of a namespace went through.
final class PodHistory: Sendable {
    struct Pod: Sendable {
        var version: String
        /// `spice.ai/cluster-role`
        var role: String
        var isReady: Bool
    }

    private struct Recorded {
        var pods: [String: Pod] = [:]
        var isComplete = false
        var states: [[String: Pod]] = []
    }

    private let recorded = Mutex(Recorded())

    var states: [[String: Pod]] { recorded.withLock { $0.states } }

    func record(_ world: World) async throws {
        let reflector = Reflector<JSONValue>(client: world.client, resource: .pods, namespace: world.namespace)
        do {
            try await reflector.run { event in
                switch event {
                case .initial(let pod), .applied(let pod): self.note(pod.name, Self.state(pod))
                case .deleted(let pod): self.note(pod.name, nil)
                case .initialDone: self.complete()
                default: break
                }
            }
        } catch is CancellationError {
        }
    }

    private static func state(_ pod: JSONValue) -> Pod {
        Pod(
            version: pod.labels[LabelKey.version] ?? "none", role: pod.labels[LabelKey.clusterRole] ?? "", isReady: pod.isReady)
    }

    /// The initial list comes pod by pod: a state counts once all are known.
    private func note(_ name: String, _ pod: Pod?) {
        recorded.withLock { recorded in
            recorded.pods[name] = pod
            if recorded.isComplete { recorded.states.append(recorded.pods) }
        }
    }

    private func complete() {
        recorded.withLock { recorded in
            recorded.isComplete = true
            recorded.states.append(recorded.pods)
        }
    }
}
