import JSON
import KubernetesClient
import KubernetesModel
import Synchronization

/// Every state that the ready endpoints of a Service went through.
final class EndpointHistory: Sendable {
    private struct Recorded {
        var slices: [String: Set<String>] = [:]
        var isComplete = false
        var states: [Set<String>] = []
    }

    private let recorded = Mutex(Recorded())

    /// Names of the pods that were ready behind the Service, state by state.
    var states: [Set<String>] { recorded.withLock { $0.states } }

    var fewest: Int { states.map(\.count).min() ?? 0 }

    func record(_ service: String, in world: World) async throws {
        let reflector = Reflector<JSONValue>(
            client: world.client, resource: .endpointSlices, namespace: world.namespace,
            selector: Selector(labels: "kubernetes.io/service-name=\(service)"))
        do {
            try await reflector.run { event in
                switch event {
                case .initial(let slice), .applied(let slice): self.note(slice.name, Self.ready(slice))
                case .deleted(let slice): self.note(slice.name, nil)
                case .initialDone: self.recorded.withLock { $0.isComplete = true }
                default: break
                }
            }
        } catch is CancellationError {
        }
    }

    private static func ready(_ slice: JSONValue) -> Set<String> {
        // an endpoint without a port receives nothing: the Service names one that the pod does not have
        guard slice["ports"]?.arrayValue?.isEmpty == false else { return [] }
        let endpoints = slice["endpoints"]?.arrayValue ?? []
        return Set(
            endpoints.filter { $0[path: "conditions", "ready"] == true }.compactMap {
                $0[path: "targetRef", "name"]?.stringValue
            })
    }

    private func note(_ slice: String, _ ready: Set<String>?) {
        recorded.withLock { recorded in
            recorded.slices[slice] = ready
            let all = recorded.slices.values.reduce(Set<String>()) { $0.union($1) }
            if recorded.isComplete { recorded.states.append(all) } else { recorded.states = [all] }
        }
    }
}
