import KubernetesModel
import SpiceTypes

/// The workloads of a generation, a replica for each wanted ordinal.
struct Generation: Sendable {
    let id: GenerationID
    let replicas: [Replica]
    /// Workloads past the wanted number of replicas.
    let surplus: [ObservedWorkload]

    init(_ id: GenerationID, in world: World, names: ChildNames, count: Int) {
        let workloads = world.workloads.filter { $0.generation == id }
        let byName = Dictionary(workloads.map { ($0.key.name, $0) }, uniquingKeysWith: { first, _ in first })
        let replicas = (0..<count).map { ordinal in
            let workload = byName[names.statefulSet(ordinal, in: id)]
            return Replica(
                ordinal: ordinal, workload: workload,
                pods: workload.map { owner in world.pods.filter { $0.ownerUID == owner.uid } } ?? [])
        }
        let wanted = Set(replicas.compactMap(\.workload?.key))
        self.id = id
        self.replicas = replicas
        surplus = workloads.filter { !wanted.contains($0.key) }
    }

    var workloads: [ObservedWorkload] { replicas.compactMap(\.workload) + surplus }

    /// Without workloads it serves nobody.
    var isEmpty: Bool { workloads.isEmpty }

    var available: Int { replicas.count(where: \.isAvailable) }

    func settled(_ version: String) -> Int { replicas.count { $0.isSettled(version) } }

    /// It has begun to run the version: what goes on is finished where it began.
    func holds(_ version: String) -> Bool { workloads.contains { $0.version == version } }

    /// The one version that all its workloads have.
    var version: String? {
        if let version = id.version { return version }
        let versions = Set(workloads.map(\.version))
        return versions.count == 1 ? versions.first ?? nil : nil
    }

    var isSettled: Bool { version.map { settled($0) == replicas.count } ?? false }
}

extension ChildNames {
    func statefulSet(_ ordinal: Int, in generation: GenerationID) -> String {
        statefulSet(ordinal, version: generation.version.map { Version(sha: $0) })
    }
}
