import ControllerSimulation
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import SpiceTypes

/// Makes the edits of users and the faults of pods, nodes and Secrets at the API, past the services.
final class User {
    private let client: KubernetesClient
    private(set) var spec: UserSpec
    private var history: [ClusterParts]
    let nuisance: Nuisance
    private(set) var hasCluster = false
    /// A pod's container has ended: often enough, and its set is stopped.
    private(set) var hasCrashed = false
    /// How often there was a reason for a new key of the root CA.
    private(set) var keyReasons = 0

    init(_ server: APIServer, _ spec: UserSpec, _ clock: VirtualClock) {
        self.spec = spec
        history = [spec.parts]
        var client = KubernetesClient(transport: InProcessTransport(server), fieldManager: "kubectl-edit", userAgent: "kubectl")
        client.time = clock.source
        client.retry = .never
        self.client = client
        nuisance = Nuisance(client, server)
    }

    // MARK: The cluster

    func createCluster() async throws {
        let object: JSONValue = [
            "apiVersion": .string(ResourceType.spicepodClusters.apiVersion),
            "kind": .string(ResourceType.spicepodClusters.kind),
            "metadata": ["name": .string(Picture.name), "namespace": .string(Picture.namespace)], "spec": spec.json,
        ]
        _ = try await client.create(.spicepodClusters, object)
        hasCluster = true
        keyReasons += 1
    }

    func deleteCluster() async throws {
        hasCluster = false
        try await delete(.spicepodClusters, Picture.key)
    }

    private func edit(_ change: (inout UserSpec) -> Void) async throws {
        change(&spec)
        guard hasCluster else { return }
        _ = try await client.patch(.spicepodClusters, Picture.key, .json([.replace("/spec", spec.json)]))
    }

    private func change(to parts: ClusterParts) async throws {
        history.append(parts)
        try await edit { $0.parts = parts }
    }

    func perform(_ decision: Decision, _ picture: Picture) async throws {
        switch decision {
        case .upgrade(let parts): try await change(to: parts)
        case .revert(let back): try await change(to: history[max(0, history.count - 1 - back)])
        case .scale(let role, let replicas): try await edit { $0.replicas[role] = replicas }
        case .strategy(let role, let strategy): try await edit { $0.strategies[role] = strategy }
        case .insecure(let isInsecure): try await edit { $0.isInsecure = isInsecure }
        case .rotate(let serial):
            guard hasCluster else { return }
            keyReasons += 1
            _ = try await client.patch(
                .spicepodClusters, Picture.key,
                .merge(["metadata": ["annotations": [AnnotationKey.rotateCA: .string("\(serial)")]]]))
        case .deleteCluster:
            if hasCluster { try await deleteCluster() } else { try await createCluster() }
        case .deleteChild(let child, let index): try await delete(child, index, picture)
        case .pod(let fault, let index): try await ail(fault, index, picture)
        case .healPods: try await nuisance.healPods()
        case .node(let isDown, let index): try await nuisance.node(index, isDown: isDown)
        case .leaf(let fault, let index): try await spoil(fault, leafAt: index, picture)
        case .authority(let fault):
            keyReasons += 1
            let others = picture.secrets.filter { $0.key.namespace == Picture.namespace && !Foreign.isMark($0.value) }
            try await spoil(fault, Picture.authority, as: others.min { $0.key < $1.key }?.value, picture)
        case .request, .relist, .crash, .service, .pass, .clock: break
        }
    }

    // MARK: What is made for it

    private func delete(_ child: Decision.Child, _ index: Int, _ picture: Picture) async throws {
        func pick(_ names: some Collection<String>) -> String? {
            let names = names.sorted()
            return names.isEmpty ? nil : names[index % names.count]
        }
        let (resource, name): (ResourceType, String?) =
            switch child {
            case .set: (.spicepodSets, Picture.names.set(ClusterRole.allCases[index % 2]))
            case .discovery: (.services, Picture.names.discoveryService)
            case .service: (.services, pick(picture.services.keys))
            case .statefulSet: (.statefulSets, pick(picture.workloads.keys))
            case .pod: (.pods, pick(picture.nodes.keys))
            }
        guard let name else { return }
        try await delete(resource, ObjectKey(namespace: Picture.namespace, name: name))
    }

    private func delete(_ resource: ResourceType, _ key: ObjectKey) async throws {
        try await tolerating(.notFound) { () async throws(APIError) in
            try await client.delete(resource, key, propagation: .background)
        }
    }

    private func ail(_ fault: Decision.PodFault, _ index: Int, _ picture: Picture) async throws {
        let pods = picture.nodes.values.sorted { $0.name < $1.name }
        guard !pods.isEmpty else { return }
        let pod = pods[index % pods.count]
        let key = ObjectKey(namespace: Picture.namespace, name: pod.name)
        switch fault {
        case .unready: try await nuisance.makeUnready(key, uid: pod.uid)
        case .crash:
            hasCrashed = true
            try await nuisance.crash(key)
        }
    }

    // MARK: Secrets

    private func spoil(_ fault: Decision.SecretFault, leafAt index: Int, _ picture: Picture) async throws {
        let names = picture.workloads.keys.sorted()
        guard !names.isEmpty else { return }
        func key(_ index: Int) -> ObjectKey {
            ObjectKey(namespace: Picture.namespace, name: NodeCertificate.secret(statefulSet: names[index % names.count]))
        }
        let other = picture.secrets[key(index + 1)].flatMap { Foreign.isMark($0) ? nil : $0 }
        try await spoil(fault, key(index), as: other, picture)
    }

    private func spoil(_ fault: Decision.SecretFault, _ key: ObjectKey, as other: JSONValue?, _ picture: Picture) async throws {
        if let secret = picture.secrets[key], Foreign.isMark(secret) { return }
        let rubbish: JSONValue = "LS0t"
        switch fault {
        case .lost: try await delete(.secrets, key)
        case .truncated: try await patch(key, ["tls.crt": rubbish])
        case .keyLost: try await patch(key, ["tls.key": rubbish])
        case .exchanged:
            guard let data = other?["data"] else { return }
            try await patch(key, data)
        case .foreign:
            try await delete(.secrets, key)
            _ = try await client.create(
                .secrets,
                [
                    "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
                    "metadata": [
                        "name": .string(key.name), "namespace": .string(key.namespace), "labels": [Foreign.label: "true"],
                    ],
                ])
        }
    }

    private func patch(_ key: ObjectKey, _ data: JSONValue) async throws {
        try await tolerating(.notFound) { () async throws(APIError) in
            try await client.patch(.secrets, key, .merge(["data": data]))
        }
    }

    /// Takes away what stands where others want to write.
    func makeWay(_ picture: Picture) async throws {
        for (key, secret) in picture.secrets.sorted(by: { $0.key < $1.key }) where Foreign.isMark(secret) {
            try await delete(.secrets, key)
        }
    }
}
