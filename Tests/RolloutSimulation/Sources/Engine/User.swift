import ControllerSimulation
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import SpiceTypes

/// Makes the edits of users and the faults of pods and nodes at the API, past the controller.
final class User {
    private let client: KubernetesClient
    private(set) var spec: UserSpec
    private var history: [VersionParts]
    let nuisance: Nuisance
    var hasSet = false

    init(_ server: APIServer, _ spec: UserSpec, _ clock: VirtualClock) {
        self.spec = spec
        history = [spec.version]
        var client = KubernetesClient(transport: InProcessTransport(server), fieldManager: "kubectl-edit", userAgent: "kubectl")
        client.time = clock.source
        client.retry = .never
        self.client = client
        nuisance = Nuisance(client, server)
    }

    func createSet() async throws {
        let object: JSONValue = [
            "apiVersion": .string(ResourceType.spicepodSets.apiVersion), "kind": "SpicepodSet",
            "metadata": ["name": .string(Picture.name), "namespace": .string(Picture.namespace)], "spec": spec.json,
        ]
        _ = try await client.create(.spicepodSets, object)
        hasSet = true
    }

    private func write() async throws {
        guard hasSet else { return }
        _ = try await client.patch(.spicepodSets, Run.key, .json([.replace("/spec", spec.json)]))
    }

    private func edit(_ change: (inout UserSpec) -> Void) async throws {
        change(&spec)
        try await write()
    }

    func perform(_ decision: Decision, _ picture: Picture) async throws {
        switch decision {
        case .version(let parts): try await change(to: parts)
        case .revert(let back): try await change(to: history[max(0, history.count - 1 - back)])
        case .scale(let replicas): try await edit { $0.replicas = replicas }
        case .strategy(let strategy): try await edit { $0.strategy = strategy }
        case .minReadyForCutover(let count): try await edit { $0.minReadyForCutover = count }
        case .standby(let seconds): try await edit { $0.standby = seconds }
        case .progressDeadline(let seconds): try await edit { $0.progressDeadlineSeconds = seconds }
        case .service(let isEnabled): try await edit { $0.hasService = isEnabled }
        case .growVolume: try await edit { $0.volume = $0.volume.map { $0 + 1 } }
        case .rollback(let isOn):
            guard hasSet else { return }
            let value: JSONValue = isOn ? "true" : .null
            _ = try await client.patch(
                .spicepodSets, Run.key, .merge(["metadata": ["annotations": ["spice.ai/rollback": value]]]))
        case .deleteSet:
            if hasSet { try await deleteSet() } else { try await createSet() }
        case .deleteChild(let child, let index): try await delete(child, index, picture)
        case .pod(let fault, let index): try await ail(fault, index, picture)
        case .healPods: try await nuisance.healPods()
        case .node(let isDown, let index): try await nuisance.node(index, isDown: isDown)
        case .request, .relist, .crash: break
        }
    }

    private func change(to parts: VersionParts) async throws {
        history.append(parts)
        try await edit { $0.version = parts }
    }

    func deleteSet() async throws {
        hasSet = false
        try await tolerating(.notFound) { () async throws(APIError) in try await client.delete(.spicepodSets, Run.key) }
    }

    private func delete(_ child: Decision.Child, _ index: Int, _ picture: Picture) async throws {
        func key(_ names: some Collection<String>) -> ObjectKey? {
            let names = names.sorted()
            return names.isEmpty ? nil : ObjectKey(namespace: Picture.namespace, name: names[index % names.count])
        }
        let (resource, found): (ResourceType, ObjectKey?) =
            switch child {
            case .service: (.services, Run.key)
            case .headlessService: (.services, key(["\(Picture.name)-headless"]))
            case .statefulSet: (.statefulSets, key(picture.workloads.keys))
            case .pod: (.pods, key(picture.pods.keys))
            case .configMap: (.configMaps, key(picture.versions))
            }
        guard let found else { return }
        try await tolerating(.notFound) { () async throws(APIError) in
            try await client.delete(resource, found, propagation: .background)
        }
    }

    private func ail(_ fault: Decision.PodFault, _ index: Int, _ picture: Picture) async throws {
        let pods = picture.pods.values.sorted { $0.name < $1.name }
        guard !pods.isEmpty else { return }
        let pod = pods[index % pods.count]
        let key = ObjectKey(namespace: Picture.namespace, name: pod.name)
        switch fault {
        case .unready: try await nuisance.makeUnready(key, uid: pod.uid)
        case .crash: try await nuisance.crash(key)
        }
    }
}
